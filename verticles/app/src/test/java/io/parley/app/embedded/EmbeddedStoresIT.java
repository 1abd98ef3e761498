package io.parley.app.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.app.StartException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The embedded servers under the worst that happens to them: their owner is killed without a word. */
@Timeout(120)
class EmbeddedStoresIT {
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
                .replaceAll("postgresql://[^@]*@(.*)", "jdbc:postgresql://$1?user=postgres");
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
