package io.parley.media.rtp.fuzz;

import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.media.rtp.Hex;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No parser lets an exception escape, whatever the bytes; {@link RtpFuzzSoak} goes on for as long as one likes. */
final class RtpFuzzTest {
    private static final int PACKETS = 20_000;

    static List<Target> targets() {
        return Target.all();
    }

    @ParameterizedTest
    @MethodSource("targets")
    void theSoundPacketsAreSound(Target target) {
        for (var hex : target.sound()) {
            if (target.name().equals("demultiplexer")) {
                continue; // its samples are beginnings
            }
            var memory = Hex.memory(hex);
            assertNotEquals(Target.INVALID, target.parser().read(memory, 0, Hex.length(memory)), hex);
        }
    }

    @ParameterizedTest(name = "SEED={0}")
    @MethodSource("io.parley.testkit.Seeds#forThisRun")
    void nothingEscapesAnyParser(long seed) {
        for (var target : Target.all()) {
            var attack = new Attack(target, seed);
            attack.run(PACKETS);
            // A fuzzer whose packets are all refused at the first byte shows nothing.
            boolean reachesDeep = attack.valid() > PACKETS / 50 && attack.valid() < PACKETS;
            assertTrue(reachesDeep, target.name() + ": " + attack.valid() + " of " + attack.tried() + " were valid");
        }
    }
}
