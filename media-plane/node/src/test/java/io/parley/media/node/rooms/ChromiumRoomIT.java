package io.parley.media.node.rooms;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real browsers in one room of a node: what one films and says, the other decodes. */
final class ChromiumRoomIT {
    private static final int FRAMES = 60;
    private static final int SAMPLES = 48_000;

    @TempDir
    Path profiles;

    @Test
    void twoPagesDecodeEachOther_andLeavingIsNoticed() throws IOException, InterruptedException {
        try (var node = new TestNode(2);
                var anna = Chromium.open(profiles.resolve("anna"), node.page("anna", ""))) {
            try (var ben = Chromium.open(profiles.resolve("ben"), node.page("ben", ""))) {
                patiently(node).until(() -> decodes(node, "anna") && decodes(node, "ben"));
                assertTrue(ben.isAlive());
            }
            // Ben's browser is gone without a word: consent runs out.
            patiently(node).until(() -> node.ended.contains("ben"));
            assertEquals(List.of("anna"), node.rooms.participants(TestNode.ROOM).join());
            assertTrue(anna.isAlive());
        }
    }

    @Test
    void anIceRestartKeepsThePicturesComing() throws IOException {
        try (var node = new TestNode(1);
                var anna = Chromium.open(profiles.resolve("anna"), node.page("anna", "&restart=1"));
                var ben = Chromium.open(profiles.resolve("ben"), node.page("ben", ""))) {
            patiently(node).until(() -> node.restarted.contains("anna"));
            int annaBefore = frames(node, "anna");
            int benBefore = frames(node, "ben");
            patiently(node)
                    .until(() ->
                            frames(node, "anna") > annaBefore + FRAMES && frames(node, "ben") > benBefore + FRAMES);
            assertTrue(decodes(node, "anna") && decodes(node, "ben"), node.reports::toString);
            assertEquals(List.of(), node.ended);
            assertTrue(anna.isAlive() && ben.isAlive());
        }
    }

    private static int frames(TestNode node, String name) {
        return Integer.parseInt(node.reports.getOrDefault(name, "0").split(" ", -1)[0]);
    }

    private static ConditionFactory patiently(TestNode node) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(90))
                .pollInterval(200, TimeUnit.MILLISECONDS)
                .failFast(() -> assertEquals(List.of(), node.failures));
    }

    /** Pictures of the other one, in the wanted codec, and a second of sound that was received and not made up. */
    private static boolean decodes(TestNode node, String name) {
        var words = node.reports.getOrDefault(name, "0 0 0  new").split(" ", -1);
        return Integer.parseInt(words[0]) >= FRAMES
                && Long.parseLong(words[1]) >= SAMPLES
                && words[3].equals("video/VP8")
                && words[4].equals("connected");
    }
}
