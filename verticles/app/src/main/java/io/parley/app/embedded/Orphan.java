package io.parley.app.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that a killed Parley left behind on our data folder. It is stopped before a new one starts, and only when it
 * is certainly ours: the process id stands in our folder, and the process runs that program with our folder as its own.
 */
final class Orphan {
    private static final Logger LOG = LoggerFactory.getLogger(Orphan.class);
    private static final long STOP_SECONDS = 20;

    private Orphan() {}

    /**
     * Stops the process named in {@code pidFile} when it is {@code program} working in {@code folder}; else does
     * nothing.
     */
    static void stop(Path pidFile, String program, Path folder) {
        pid(pidFile)
                .flatMap(ProcessHandle::of)
                .filter(process -> isOurs(process, program, folder))
                .ifPresent(process -> {
                    LOG.warn("stopping the {} (process {}) that an earlier run left behind", program, process.pid());
                    process.destroy();
                    try {
                        process.onExit().get(STOP_SECONDS, TimeUnit.SECONDS);
                    } catch (TimeoutException | ExecutionException stubborn) {
                        process.destroyForcibly();
                    } catch (InterruptedException interrupted) {
                        Thread.currentThread().interrupt();
                    }
                });
    }

    private static Optional<Long> pid(Path pidFile) {
        try {
            return Files.exists(pidFile)
                    ? Optional.of(Long.parseLong(
                            Files.readAllLines(pidFile).getFirst().strip()))
                    : Optional.empty();
        } catch (IOException | NumberFormatException | java.util.NoSuchElementException unreadable) {
            return Optional.empty();
        }
    }

    /**
     * Both servers make their data folder the working directory; where that cannot be read, the command line must name
     * it.
     */
    private static boolean isOurs(ProcessHandle process, String program, Path folder) {
        boolean sameProgram = process.info()
                .command()
                .map(command -> Path.of(command).getFileName().toString().contains(program))
                .orElse(false);
        if (!sameProgram) {
            return false;
        }
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"))
                    .equals(folder);
        } catch (IOException noProc) {
            return process.info()
                    .commandLine()
                    .map(line -> line.contains(folder.toString()))
                    .orElse(false);
        }
    }
}
