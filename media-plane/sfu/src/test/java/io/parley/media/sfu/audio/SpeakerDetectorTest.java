package io.parley.media.sfu.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SpeakerDetectorTest {
    private static final int QUIET = 110;

    private final List<String> changes = new ArrayList<>();
    private final SpeakerDetector detector = new SpeakerDetector(changes::add);
    private final Random random = new Random(5);
    private long nanos = 10_000_000_000L;

    /** Syllables and the pauses between them: a steady level would be taken for noise. */
    private int speech() {
        return random.nextInt(10) < 3 ? QUIET - 10 : 15 + random.nextInt(30);
    }

    private void speak(String speaker, int millis) {
        for (int passed = 0; passed < millis; passed += 20) {
            nanos += 20_000_000;
            for (var id : List.of("anna", "ben")) {
                detector.level(id, id.equals(speaker) ? speech() : QUIET);
            }
            detector.tick(nanos);
        }
    }

    @Test
    void whoSpeaksBecomesDominant_andACoughDoesNot() {
        speak("anna", 6_000);
        assertEquals("anna", changes.getLast());
        speak("ben", 60);
        speak("anna", 2_000);
        assertEquals("anna", changes.getLast());
        speak("ben", 8_000);
        assertEquals("ben", changes.getLast());
    }
}
