package io.parley.app.acceptance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code ./parley up} from its first line to its last: ready, refused, drained, gone. */
@SuppressWarnings("BadInstanceof") // a member that may be absent is tested and named in one step
class StartStopIT {
    @TempDir
    Path folder;

    @Test
    void anEmptyFolderBecomesAServer_andTheSameFolderContinuesIt() {
        Path data = folder.resolve("data");
        try (ServerProcess first = ServerProcess.up(data);
                TestClient alice = TestClient.connect(first.url(), "alice")) {
            alice.call("createChannel", new JsonObject().put("id", "general").put("name", "General"));
            alice.sendText("general", "c1", "before the restart");
            first.terminate();
        }
        try (ServerProcess second = ServerProcess.up(data);
                TestClient alice = TestClient.connect(second.url(), "alice")) {
            var history = alice.call("getHistory", new JsonObject().put("channelId", "general"));
            assertEquals(
                    "before the restart",
                    history.getJsonArray("items").getJsonObject(0).getString("text"));
        }
    }

    @Test
    void everythingThatAPersonOrAMonitorLooksAtAnswers() {
        try (ServerProcess server = ServerProcess.up(folder.resolve("data"))) {
            TestRest rest = new TestRest(server.url());
            for (String path : List.of("/health/live", "/health/ready", "/docs", "/")) {
                assertEquals(200, rest.get(path).status(), path);
            }
            var metrics = rest.get("/metrics");
            assertEquals(200, metrics.status());
            assertTrue(metrics.body().contains("parley_"), "metrics by our own names");
            var openApi = rest.get("/v1/openapi.json");
            assertEquals(200, openApi.status());
            assertTrue(openApi.json().getString("openapi").startsWith("3.1"));
            assertTrue(openApi.json().getJsonObject("paths").containsKey("/v1/channels/{channelId}/messages"));
        }
    }

    @Test
    void aSecondStartOnTheSameFolderIsRefusedAndNamesTheFirst() {
        Path data = folder.resolve("data");
        try (ServerProcess first = ServerProcess.up(data);
                ServerProcess second = ServerProcess.launch(data, Map.of(), "--http", "0")) {
            assertNotEquals(0, second.awaitExit());
            assertTrue(second.said().contains(Long.toString(first.pid())), second.said());
            assertEquals(200, new TestRest(first.url()).get("/health/ready").status(), "the first is untouched");
        }
    }

    @Test
    void aTerminatedServerTellsItsClientsAndLeavesNothingRunning() {
        Path data = folder.resolve("data");
        try (ServerProcess server = ServerProcess.up(data);
                TestClient alice = TestClient.connect(server.url(), "alice")) {
            assertEquals(true, !ServerProcess.serversOf(data).isEmpty(), "the embedded servers are found");
            long toldNanos = System.nanoTime();
            int code = server.terminate();
            long servedMillis = (System.nanoTime() - toldNanos) / 1_000_000;
            assertTrue(code == 0 || code == 143, "exit code " + code);
            var drain = alice.await(
                            "drain",
                            frame -> frame.getJsonObject("ctl") instanceof JsonObject ctl && ctl.containsKey("drain"))
                    .getJsonObject("ctl")
                    .getJsonObject("drain");
            int windowMillis = drain.getInteger("reconnectAfterMaxMs", 0);
            assertTrue(windowMillis > 0, "clients are spread over a window");
            assertTrue(servedMillis >= windowMillis, "and served until it ends, not for " + servedMillis + " ms");
            assertFalse(server.said().contains("WARN") || server.said().contains("ERROR"), server.said());
            assertEquals(4001, alice.awaitClose());
            assertEquals(List.of(), ServerProcess.serversOf(data));
        }
    }

    /** A wrong setting names itself, its value, what is allowed and where it came from, before anything runs. */
    @ParameterizedTest(name = "{0}={1}")
    @CsvSource({
        "cluster.port,notaport,65535",
        "cluster.silence,1ms,2s",
        "auth.mode,sloppy,production",
        "limits.send,plenty,burst",
        "roles,'chat,teapot',gateway",
    })
    void aWrongSettingIsExplained(String key, String value, String allowed) {
        Path data = folder.resolve("data");
        try (ServerProcess server = ServerProcess.launch(data, Map.of(), "--http", "0", "--set", key + "=" + value)) {
            assertEquals(2, server.awaitExit(), server.said());
            for (String part : List.of(key, value, allowed, "--" + key)) {
                assertTrue(server.said().contains(part), "\"" + part + "\" in: " + server.said());
            }
            assertEquals(List.of(), ServerProcess.serversOf(data));
        }
    }

    @Test
    void aWrongVariableOfTheEnvironmentIsNamed() {
        try (ServerProcess server = ServerProcess.launch(
                folder.resolve("data"), Map.of("PARLEY_CLUSTER_PORT", "notaport"), "--http", "0")) {
            assertEquals(2, server.awaitExit(), server.said());
            assertTrue(server.said().contains("PARLEY_CLUSTER_PORT"), server.said());
        }
    }

    @Test
    void anUnknownRoleIsRefused() {
        try (ServerProcess server =
                ServerProcess.launch(folder.resolve("data"), Map.of(), "--http", "0", "--roles", "teapot")) {
            assertEquals(2, server.awaitExit(), server.said());
            assertTrue(server.said().contains("teapot") && server.said().contains("gateway"), server.said());
        }
    }

    @Test
    void aStepThatFailsIsNamedAndNothingIsLeftRunning() {
        Path data = folder.resolve("data");
        Map<String, String> nobodyThere = Map.of("PARLEY_PG_URL", "postgresql://u:secret@127.0.0.1:1/x");
        try (ServerProcess server = ServerProcess.launch(data, nobodyThere, "--http", "0")) {
            assertEquals(1, server.awaitExit(), server.said());
            assertTrue(server.said().contains("migrating the PostgreSQL database failed"), server.said());
            assertFalse(server.said().contains("secret"), "and no password");
            assertEquals(List.of(), ServerProcess.serversOf(data));
        }
    }

    @Test
    void aPortInUseIsNamedAndNothingIsLeftRunning() throws IOException {
        Path data = folder.resolve("data");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                ServerProcess server =
                        ServerProcess.launch(data, Map.of(), "--http", Integer.toString(taken.getLocalPort()))) {
            assertNotEquals(0, server.awaitExit());
            assertTrue(server.said().contains(Integer.toString(taken.getLocalPort())), server.said());
            assertEquals(List.of(), ServerProcess.serversOf(data));
        }
    }
}
