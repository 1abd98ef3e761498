package io.parley.app.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does by hand to an installation, with its node running and without. */
class AdminIT {
    private static final long PATIENCE_SECONDS = 120;

    @TempDir
    Path folder;

    private record Done(int code, String said) {}

    @Test
    void aChannelIsRebuiltFromItsLog_andAMonthThatIsOverIsTakenOut() throws Exception {
        Path data = folder.resolve("data");
        try (ServerProcess server = ServerProcess.up(data);
                TestClient alice = TestClient.connect(server.url(), "alice")) {
            alice.call("createChannel", new JsonObject().put("id", "general").put("name", "General"));
            List.of("one", "two", "three").forEach(text -> alice.sendText("general", text, text));
            List<String> before = texts(alice);
            try (Connection database = database(data)) {
                run(database, "DELETE FROM message WHERE channel_id = 'general'");
                assertEquals(List.of(), texts(alice));
                Done rebuilt = admin(data, "rebuild", "--tenant", "acme", "--channel", "general");
                assertTrue(
                        rebuilt.said().contains("rebuilt channel general of tenant acme from 5 events"),
                        rebuilt.said());
                assertEquals(before, texts(alice));

                run(database, "SELECT chat_create_month(2020 * 12)");
                Done detached = admin(data, "detach-month", "2020-01");
                assertEquals(0, detached.code(), detached.said());
                assertTrue(detached.said().contains("message_2020_01"), detached.said());
                run(database, "DROP TABLE message_2020_01, channel_event_2020_01");
            }
        }
        Done again = admin(data, "rebuild", "--tenant", "acme", "--channel", "general");
        assertEquals(0, again.code(), () -> "without a node, too: " + again.said());
        assertEquals(List.of(), ServerProcess.serversOf(data), "what was started for it has ended");
        refused(admin(data, "rebuild", "--tenant", "acme", "--channel", "nowhere"), 1, "No such channel");
        refused(admin(data, "detach-month", "2020-01"), 1, "there is nothing of 2020-01");
        refused(admin(data, "detach-month", "2999-12"), 1, "2999-12 is not over yet");
        refused(admin(data, "detach-month", "2020-13"), 2, "2020-13");
    }

    private static void refused(Done done, int code, String why) {
        assertEquals(code, done.code(), done.said());
        assertTrue(done.said().contains(why), done.said());
    }

    private static List<String> texts(TestClient who) {
        return Messages.all(who, "general").stream()
                .map(message -> message.getString("text"))
                .toList();
    }

    private static Connection database(Path data) throws IOException, SQLException {
        String port =
                Files.readAllLines(data.resolve("postgres/postmaster.pid")).get(3);
        String password = Files.readString(data.resolve("postgres.password")).strip();
        return DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres&password=" + password);
    }

    private static void run(Connection database, String sql) throws SQLException {
        try (var statement = database.createStatement()) {
            statement.execute(sql);
        }
    }

    /** {@code ./parley admin …} on a data folder. */
    private static Done admin(Path data, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + System.getProperty("parley.root") + "/verticles/app/jvm.options",
                "-cp",
                System.getProperty("java.class.path"),
                "io.parley.app.Main",
                "admin"));
        command.addAll(List.of(words));
        command.addAll(List.of("--data", data.toString()));
        Path said = Files.createTempFile("parley-admin", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError("it hangs: " + Files.readString(said, StandardCharsets.UTF_8));
        }
        return new Done(process.exitValue(), Files.readString(said, StandardCharsets.UTF_8));
    }
}
