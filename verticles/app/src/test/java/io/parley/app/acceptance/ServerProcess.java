package io.parley.app.acceptance;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The program as {@code ./parley up} starts it, in a JVM of its own that can be killed. */
final class ServerProcess implements AutoCloseable {
    static final Pattern READY = Pattern.compile("ready (http://127\\.0\\.0\\.1:(\\d+)) in (\\d+) ms");
    private static final Duration READY_MAX = Duration.ofMinutes(3);
    private static final Duration EXIT_MAX = Duration.ofMinutes(1);

    private final Path data;
    private final Process process;

    @SuppressWarnings("JdkObsolete") // two readers write, anybody reads
    private final StringBuffer said = new StringBuffer();

    private final CompletableFuture<Matcher> ready = new CompletableFuture<>();
    private final List<Thread> readers = new ArrayList<>();

    private ServerProcess(Path data, Process process) {
        this.data = data;
        this.process = process;
        readers.add(follow(process.inputReader(StandardCharsets.UTF_8), this::noteReady));
        readers.add(follow(process.errorReader(StandardCharsets.UTF_8), _ -> {}));
        var _ = process.onExit()
                .thenAccept(_ -> ready.completeExceptionally(new IllegalStateException("ended before ready")));
    }

    /** Starts on a data folder and returns when the server is ready; any free port. */
    static ServerProcess up(Path data, String... arguments) {
        List<String> words = new ArrayList<>(List.of("--http", "0"));
        words.addAll(List.of(arguments));
        return launch(data, Map.of(), words.toArray(String[]::new)).awaitReady();
    }

    /** Starts, and waits for nothing. */
    static ServerProcess launch(Path data, Map<String, String> environment, String... arguments) {
        Path root = Path.of(requireNonNull(System.getProperty("parley.root"), "run through Maven"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + root.resolve("verticles/app/jvm.options"),
                "-XX:+UseSerialGC",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                "io.parley.app.Main",
                "up",
                "--data",
                data.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(requireNonNull(data.getParent()).toFile());
        builder.environment().put("PARLEY_AUTH_SHARED_SECRET", TestTokens.SECRET);
        builder.environment().putAll(environment);
        try {
            return new ServerProcess(data, builder.start());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private Thread follow(BufferedReader output, Consumer<String> onLine) {
        return Thread.ofVirtual().start(() -> {
            try (output) {
                for (String line = output.readLine(); line != null; line = output.readLine()) {
                    said.append(line).append('\n');
                    onLine.accept(line);
                }
            } catch (IOException gone) {
                said.append("(output lost: ").append(gone.getMessage()).append(")\n");
            }
        });
    }

    private void noteReady(String line) {
        Matcher match = READY.matcher(line);
        if (match.matches()) {
            ready.complete(match);
        }
    }

    ServerProcess awaitReady() {
        try {
            ready.get(READY_MAX.toMillis(), TimeUnit.MILLISECONDS);
            return this;
        } catch (ExecutionException | TimeoutException failure) {
            close();
            throw new AssertionError("the server did not become ready; it said:\n" + said, failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** {@code http://127.0.0.1:PORT}. */
    String url() {
        return ready.join().group(1);
    }

    int port() {
        return Integer.parseInt(ready.join().group(2));
    }

    long pid() {
        return process.pid();
    }

    /** All that it wrote so far to both outputs. */
    String said() {
        return said.toString();
    }

    /** The exit code, once the process and its output have ended. */
    int awaitExit() {
        try {
            if (!process.waitFor(EXIT_MAX.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new AssertionError("still running after " + EXIT_MAX.toSeconds() + " s; it said:\n" + said);
            }
            for (Thread reader : readers) {
                reader.join(EXIT_MAX); // its servers inherit nothing, so the pipes end with the process
            }
            return process.exitValue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** {@code kill -9}: nothing of the process runs any further. */
    void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** SIGTERM, as ctrl-C or a service manager would. */
    int terminate() {
        process.destroy();
        return awaitExit();
    }

    /** The embedded servers of a data folder that run now: processes that work in it. */
    static List<ProcessHandle> serversOf(Path data) {
        return ProcessHandle.allProcesses()
                .filter(candidate -> worksIn(candidate, data))
                .toList();
    }

    private static boolean worksIn(ProcessHandle candidate, Path data) {
        try {
            return Files.readSymbolicLink(Path.of("/proc", Long.toString(candidate.pid()), "cwd"))
                    .startsWith(data.toRealPath());
        } catch (IOException gone) {
            return false;
        }
    }

    /** Leaves nothing running, whatever the test came to. */
    @Override
    public void close() {
        if (process.isAlive()) {
            kill();
        }
        serversOf(data).forEach(server -> {
            server.destroyForcibly();
            server.onExit().orTimeout(EXIT_MAX.toSeconds(), TimeUnit.SECONDS).join();
        });
    }
}
