package io.parley.app.acceptance;

import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.embedded.core.ExecutableProvider;

/** A real store of one test, which stops, freezes and starts it again with its data at the same address. */
interface OwnStore extends AutoCloseable {
    Duration PATIENCE = Duration.ofSeconds(60);

    String url();

    void start() throws IOException;

    void stop() throws IOException;

    /** All its processes. */
    List<Long> pids() throws IOException;

    @Override
    void close() throws IOException;

    /** PostgreSQL in a folder. */
    final class Postgres implements OwnStore {
        private final Path folder;
        private final int port = freePort();
        private @Nullable EmbeddedPostgres server;

        Postgres(Path folder) throws IOException {
            this.folder = Files.createDirectories(folder);
            start();
        }

        @Override
        public String url() {
            return "postgresql://postgres:postgres@127.0.0.1:" + port + "/postgres";
        }

        @Override
        public void start() throws IOException {
            server = EmbeddedPostgres.builder()
                    .setDataDirectory(folder)
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    .setPGStartupWait(PATIENCE)
                    .start();
        }

        @Override
        public void stop() throws IOException {
            if (server != null) {
                server.close();
                server = null;
            }
        }

        @Override
        public List<Long> pids() throws IOException {
            long master = Long.parseLong(Files.readAllLines(folder.resolve("postmaster.pid"))
                    .getFirst()
                    .strip());
            Stream<ProcessHandle> children = ProcessHandle.of(master).stream().flatMap(ProcessHandle::descendants);
            return LongStream.concat(LongStream.of(master), children.mapToLong(ProcessHandle::pid))
                    .boxed()
                    .toList();
        }

        @Override
        public void close() throws IOException {
            stop();
        }
    }

    /** Redis in a folder. */
    final class Redis implements OwnStore {
        private final Path folder;
        private final int port = freePort();
        private @Nullable Process process;

        Redis(Path folder) throws IOException {
            this.folder = Files.createDirectories(folder);
            start();
        }

        @Override
        public String url() {
            return "redis://127.0.0.1:" + port;
        }

        @Override
        public void start() throws IOException {
            String program = ExecutableProvider.newJarResourceProvider(folder.toFile())
                    .get()
                    .getPath();
            process = new ProcessBuilder(
                            List.of(program, "--bind", "127.0.0.1", "--port", Integer.toString(port), "--save", ""))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("redis.log").toFile())
                    .start();
            await().atMost(PATIENCE).until(this::answers);
        }

        private boolean answers() {
            try (Socket probe = new Socket()) {
                probe.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1_000);
                return true;
            } catch (IOException notYet) {
                return false;
            }
        }

        @Override
        public void stop() {
            if (process != null) {
                process.destroyForcibly();
                process.onExit()
                        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
                        .join();
                process = null;
            }
        }

        @Override
        public List<Long> pids() {
            return process == null ? List.of() : List.of(process.pid());
        }

        @Override
        public void close() {
            stop();
        }
    }

    private static int freePort() {
        try (ServerSocket probe = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return probe.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
