package io.parley.app.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import redis.embedded.core.ExecutableProvider;

/**
 * Redis on a folder of ours, appending to a file each second: it holds what may expire. Reached on loopback only, with
 * a password: other users of the machine reach the loopback too.
 *
 * <p>The library brings the program; we run it ourselves, in a session of its own where the system can do that, so that
 * neither a ctrl-C in the terminal nor the library's shutdown hook ends it before those who use it have stopped.
 */
final class EmbeddedRedisServer implements AutoCloseable {
    private static final String CONFIGURATION = "redis.conf";
    private static final String PID_FILE = "redis.pid";
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final int CONNECT_MILLIS = 250;
    private static final long POLL_MILLIS = 5;
    /** Of 5 ms and more each: 20 s at least. */
    private static final int ANSWER_POLLS_MAX = 4_000;

    private static final long STOP_SECONDS = 10;

    private final Process process;
    private final int port;
    private final String password;

    private EmbeddedRedisServer(Process process, int port, String password) {
        this.process = process;
        this.port = port;
        this.password = password;
    }

    /**
     * Stops what a killed node left running, and writes the program into the folder. To be done before anything else
     * starts a process: one that is started while the program is still open for writing holds it open for a moment, and
     * the system refuses to run it ("Text file busy").
     */
    static Path unpack(Path folder) throws IOException, InterruptedException {
        Path programs = Files.createDirectories(SecretFile.folder(folder).resolve("bin"));
        Orphan.stop(folder.resolve(PID_FILE), "redis-server", folder);
        return ExecutableProvider.newJarResourceProvider(programs.toFile())
                .get()
                .toPath();
    }

    static EmbeddedRedisServer start(Path program, Path folder, Path passwordFile)
            throws IOException, InterruptedException {
        String password = SecretFile.password(passwordFile);
        // In a file, because everybody sees the words of a command.
        SecretFile.write(folder.resolve(CONFIGURATION), "requirepass " + password + "\n");
        int port = freePort();
        Path log = folder.resolve("redis.log");
        Process process = new ProcessBuilder(command(program, folder, port))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        EmbeddedRedisServer server = new EmbeddedRedisServer(process, port, password);
        try {
            server.awaitAnswer(log);
            return server;
        } catch (IOException | InterruptedException failure) {
            process.destroyForcibly();
            throw failure;
        }
    }

    private static List<String> command(Path program, Path folder, int port) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            command.add(SETSID.toString());
        }
        command.add(program.toString());
        command.add(folder.resolve(CONFIGURATION).toString());
        command.addAll(List.of("--bind", "127.0.0.1", "--port", Integer.toString(port)));
        command.addAll(List.of(
                "--dir",
                folder.toString(),
                "--pidfile",
                folder.resolve(PID_FILE).toString()));
        command.addAll(List.of("--appendonly", "yes", "--appendfsync", "everysec", "--save", ""));
        return command;
    }

    private void awaitAnswer(Path log) throws IOException, InterruptedException {
        for (int asked = 0; asked < ANSWER_POLLS_MAX; asked++) {
            if (process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new IOException(
                        "it ended at once, saying: " + Files.readString(log).strip());
            }
            try (Socket probe = new Socket()) {
                probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
                return;
            } catch (IOException notYet) {
                // Asked again, a while.
            }
        }
        throw new IOException("it did not answer in " + ANSWER_POLLS_MAX + " tries");
    }

    private static int freePort() throws IOException {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        }
    }

    String url() {
        return "redis://:" + password + "@127.0.0.1:" + port;
    }

    /** Redis writes what it has on SIGTERM; one that does not end is killed. */
    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
