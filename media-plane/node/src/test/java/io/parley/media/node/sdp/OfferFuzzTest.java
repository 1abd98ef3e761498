package io.parley.media.node.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Offers of strangers: broken, shuffled and mixed ones are answered or refused, nothing else happens. */
final class OfferFuzzTest {
    private static final int ROUNDS = 300;

    @ParameterizedTest(name = "SEED={0}")
    @MethodSource("io.parley.testkit.Seeds#forThisRun")
    void everyOfferIsAnsweredOrRefused(long seed) {
        var random = new Random(seed);
        var originals = List.of(Offers.read("chromium"), Offers.read("firefox"), Offers.read("pion"));
        int answered = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String offer = twist(originals.get(random.nextInt(originals.size())), random);
            try {
                var parsed = Offer.parse(offer);
                var agreed = Negotiation.of(parsed, Offers.terms());
                parsed.ufrag();
                parsed.fingerprint();
                assertEquals(parsed.sections().size(), sections(agreed.answer()), offer);
                answered++;
            } catch (InvalidOfferException refused) {
                assertFalse(String.valueOf(refused.getMessage()).isEmpty());
            }
        }
        assertTrue(answered > 0, "all were refused: the twists are too strong to test the rest");
    }

    private static long sections(String sdp) {
        return sdp.lines().filter(line -> line.startsWith("m=")).count();
    }

    private static String twist(String offer, Random random) {
        var lines = new ArrayList<>(offer.lines().toList());
        int twists = 1 + random.nextInt(4);
        for (int i = 0; i < twists; i++) {
            int at = random.nextInt(lines.size());
            int other = random.nextInt(lines.size());
            switch (random.nextInt(5)) {
                case 0 -> lines.remove(at);
                case 1 -> lines.set(at, lines.get(other));
                case 2 -> lines.add(at, lines.get(other));
                case 3 -> lines.set(at, damaged(lines.get(at), random));
                default ->
                    lines.set(
                            at,
                            lines.get(at)
                                    .substring(0, random.nextInt(lines.get(at).length() + 1)));
            }
        }
        return String.join("\r\n", lines) + "\r\n";
    }

    private static String damaged(String line, Random random) {
        if (line.isEmpty()) {
            return " ";
        }
        var text = new StringBuilder(line);
        text.setCharAt(random.nextInt(line.length()), (char) random.nextInt(256));
        return text.toString();
    }
}
