package io.parley.app.embedded;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.app.StartException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The embedded servers under the worst that happens to them: their owner is killed without a word. */
@Timeout(120)
class EmbeddedStoresIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @Test
    void whatWasCommittedSurvivesTheKillOfTheOwner_andItsOrphansAreReplaced() throws Exception {
        Process owner = child("insert");
        List<Long> orphans = pids();
        owner.destroyForcibly().waitFor();
        assertEquals(2, orphans.stream().filter(EmbeddedStoresIT::alive).count(), "both servers outlive their owner");
        try (DataFolder held = DataFolder.lock(folder);
                EmbeddedStores stores = EmbeddedStores.start(held.path(), true, true)) {
            assertEquals(0, orphans.stream().filter(EmbeddedStoresIT::alive).count(), "orphans were stopped");
            assertEquals("on", query(stores, "SHOW fsync"));
            assertEquals("42", query(stores, "SELECT answer FROM kept"));
        }
        assertEquals(0, pids().stream().filter(EmbeddedStoresIT::alive).count(), "nothing is left running");
    }

    @Test
    void aSecondStartOnTheSameFolderIsRefusedWithTheOwnersProcessId() throws Exception {
        Process owner = child("hold");
        var refused = assertThrows(StartException.class, () -> DataFolder.lock(folder));
        assertTrue(String.valueOf(refused.getMessage()).contains("in use by process " + owner.pid()));
        owner.destroyForcibly().waitFor();
        DataFolder.lock(folder).close();
    }

    @Test
    void aForeignProcessIsNeverTouched() throws Exception {
        Process foreign = new ProcessBuilder("sleep", "60").start();
        Files.createDirectories(folder.resolve("redis"));
        Files.writeString(folder.resolve("redis/redis.pid"), foreign.pid() + "\n");
        try (EmbeddedStores stores = EmbeddedStores.start(folder.toRealPath(), false, true)) {
            assertTrue(stores.redisUrl().isPresent());
            assertFalse(stores.postgresUrl().isPresent());
            assertTrue(foreign.isAlive());
        } finally {
            foreign.destroyForcibly();
        }
    }

    @Test
    void otherUsersOfTheMachineGetNowhereWithoutThePasswords() throws Exception {
        try (EmbeddedStores stores = EmbeddedStores.start(folder.toRealPath(), true, true)) {
            strangersAreRefused(stores);
            for (String secret : List.of("postgres.password", "redis.password", "redis/redis.conf")) {
                assertEquals("rw-------", permissions(secret), secret);
            }
            for (String kept : List.of("postgres", "redis")) {
                assertEquals("rwx------", permissions(kept), kept);
            }
            var commands = ProcessHandle.allProcesses()
                    .map(process -> process.info().commandLine().orElse(""))
                    .toList();
            for (String file : List.of("postgres.password", "redis.password")) {
                String password = Files.readString(folder.resolve(file)).strip();
                assertTrue(password.length() >= 32, file);
                assertTrue(commands.stream().noneMatch(line -> line.contains(password)), "no process list shows it");
            }
        }
    }

    @Test
    void aDatabaseFromBeforeThereWerePasswordsGetsOne_andOneWhosePasswordIsLostSaysSo() throws Exception {
        try (EmbeddedStores stores = EmbeddedStores.start(folder.toRealPath(), true, false)) {
            try (var connection = DriverManager.getConnection(jdbc(stores))) {
                connection.createStatement().execute("CREATE TABLE kept AS SELECT 42 AS answer");
            }
        }
        Files.delete(folder.resolve("postgres.password"));
        var lost = assertThrows(StartException.class, () -> EmbeddedStores.start(folder.toRealPath(), true, false));
        assertTrue(String.valueOf(lost.getMessage()).contains("postgres.password"), lost::getMessage);
        Path rules = folder.resolve("postgres/pg_hba.conf");
        Files.writeString(rules, Files.readString(rules).replace("scram-sha-256", "trust"));
        try (EmbeddedStores stores = EmbeddedStores.start(folder.toRealPath(), true, true)) {
            assertEquals("42", query(stores, "SELECT answer FROM kept"));
            strangersAreRefused(stores);
        }
    }

    private void strangersAreRefused(EmbeddedStores stores) throws IOException {
        String wrong = jdbc(stores).replaceAll("password=.*", "password=wrong");
        await().atMost(PATIENCE).until(() -> {
            var refused = assertThrows(SQLException.class, () -> DriverManager.getConnection(wrong));
            return "28P01".equals(refused.getSQLState());
        });
        URI redis = URI.create(stores.redisUrl().orElseThrow());
        try (Socket socket = new Socket(redis.getHost(), redis.getPort())) {
            socket.getOutputStream().write("GET x\r\n".getBytes(StandardCharsets.US_ASCII));
            var answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            assertEquals("-NOAUTH Authentication required.", answer.readLine());
        }
    }

    private String permissions(String file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file)));
    }

    private static String query(EmbeddedStores stores, String sql) throws SQLException {
        try (var connection = DriverManager.getConnection(jdbc(stores));
                var rows = connection.createStatement().executeQuery(sql)) {
            rows.next();
            return rows.getString(1);
        }
    }

    private static String jdbc(EmbeddedStores stores) {
        return stores.postgresUrl()
                .orElseThrow()
                .replaceAll("postgresql://([^:]*):([^@]*)@(.*)", "jdbc:postgresql://$3?user=$1&password=$2");
    }

    private static boolean alive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private List<Long> pids() throws IOException {
        return List.of(pid("postgres/postmaster.pid"), pid("redis/redis.pid"));
    }

    /** 0, which nobody has, when the server took its file along. */
    private long pid(String file) throws IOException {
        Path path = folder.resolve(file);
        return Files.exists(path)
                ? Long.parseLong(Files.readAllLines(path).getFirst().strip())
                : 0;
    }

    /** Another JVM that owns the folder, once it has done its part. */
    private Process child(String part) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Owner.class.getName(),
                        folder.toString(),
                        part)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        var said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        assertEquals("done", said.lines().filter("done"::equals).findFirst().orElse("it ended"));
        return process;
    }

    /** What the child runs. */
    static final class Owner {
        public static void main(String[] arguments) throws Exception {
            DataFolder held = DataFolder.lock(Path.of(arguments[0]));
            if (arguments[1].equals("insert")) {
                EmbeddedStores stores = EmbeddedStores.start(held.path(), true, true);
                try (var connection = DriverManager.getConnection(jdbc(stores))) {
                    connection.createStatement().execute("CREATE TABLE kept AS SELECT 42 AS answer");
                }
            }
            System.out.println("done");
            System.out.flush();
            TimeUnit.SECONDS.sleep(60); // until it is killed
        }
    }
}
