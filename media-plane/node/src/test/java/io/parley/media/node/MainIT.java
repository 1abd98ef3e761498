package io.parley.media.node;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The process of a node: it says when it is ready, and ends well when it is told to. */
final class MainIT {
    private static final int PATIENCE_SECONDS = 60;

    @Test
    void aNodeAttaches_andEndsWithZeroWhenItIsToldTo() throws IOException, InterruptedException {
        try (var control = new TestControl()) {
            var process = start("--control", "127.0.0.1:" + control.port(), "--region", "eu", "--listen", "127.0.0.1");
            try {
                String ready = process.inputReader().readLine();
                assertTrue(ready.startsWith("ready: media node node-a at 127.0.0.1:"), ready);
                Awaitility.await().atMost(Duration.ofSeconds(PATIENCE_SECONDS)).until(() -> !control.loads.isEmpty());
                process.destroy(); // SIGTERM
                assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
                assertEquals(0, process.exitValue());
            } finally {
                process.destroyForcibly();
            }
        }
    }

    @Test
    void wrongWordsAreRefusedWithTwo() throws IOException, InterruptedException {
        var process = start("--region", "eu");
        assertEquals(
                "parley: --control is needed: HOST:PORT", process.errorReader().readLine());
        assertTrue(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS));
        assertEquals(2, process.exitValue());
    }

    private static Process start(String... words) throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Path.of(System.getProperty("parley.root"), "verticles", "app", "jvm.options"),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        command.addAll(List.of(words));
        if (List.of(words).contains("--control")) {
            command.addAll(List.of("--id", "node-a", "--port", "0", "--operators", "127.0.0.1:0", "--shards", "1"));
        }
        return new ProcessBuilder(command).start();
    }
}
