package io.parley.media.sfu.forward;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.media.sfu.forward.ForwardWorld.Sent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What must hold of everything that was sent on, whatever the codec. */
final class Oracle {
    private static final int TAIL = 16;
    private static final int STILL_COMING = 12;
    private final ForwardWorld world;
    private final TreeMap<Long, Sent> stream = new TreeMap<>();
    private final Map<Integer, Set<Integer>> parts = new HashMap<>();

    Oracle(ForwardWorld world) {
        this.world = world;
        for (var packet : world.sent) {
            assertFalse(stream.containsKey(packet.number()), "number " + packet.number() + " was sent twice");
            stream.put(packet.number(), packet);
            assertEquals((int) packet.number() & 0xffff, packet.packet().sequence());
            if (packet.frame() >= 0) {
                boolean fresh = parts.computeIfAbsent(packet.frame(), _ -> new HashSet<>())
                        .add(packet.part());
                assertTrue(fresh, "a packet was sent under two numbers");
            }
        }
    }

    /** Numbers are dense but for what never came. */
    void numbersAreContinuous() {
        long holes = stream.lastKey() - stream.firstKey() + 1 - stream.size();
        long neverCame = 0;
        for (var frame : world.made) {
            neverCame += frame.packets()
                    - world.arrived.getOrDefault(frame.id(), Set.of()).size();
        }
        assertTrue(holes <= neverCame, holes + " holes, but only " + neverCame + " packets never came");
        long newest = stream.lastKey() - STILL_COMING;
        long late = stream.subMap(newest - TAIL, newest).size();
        assertTrue(late >= Math.min(TAIL, stream.size() - STILL_COMING), "holes remain: " + late);
    }

    /** Timestamps of frames in the order of their numbers never go back and never jump. */
    void timestampsAreContinuous() {
        Sent before = null;
        for (var packet : stream.values()) {
            if (packet.frame() < 0) {
                continue;
            }
            if (before != null) {
                int ticks = packet.packet().timestamp() - before.packet().timestamp();
                assertTrue(
                        ticks >= 0 && ticks < 20 * 90_000,
                        "step of " + ticks + " at " + packet.number() + " from " + world.made.get(before.frame())
                                + " to " + world.made.get(packet.frame()));
                boolean same = ticks == 0;
                boolean together = world.made.get(packet.frame()).timestamp()
                                == world.made.get(before.frame()).timestamp()
                        && encoding(packet) == encoding(before);
                assertEquals(
                        together,
                        same,
                        "pictures share a timestamp: " + world.made.get(before.frame()) + " to "
                                + world.made.get(packet.frame()));
            }
            before = packet;
        }
    }

    int encoding(Sent packet) {
        return world.encodingOf.get(packet.frame());
    }

    /** All of a frame is forwarded that came, unless the slot left its encoding in the middle of it. */
    boolean isComplete(int frame) {
        return parts.getOrDefault(frame, Set.of()).size()
                == world.made.get(frame).packets();
    }

    /** Each frame that a receiver can put together refers to frames that were forwarded too, or never came whole. */
    void referencesWereForwarded() {
        for (int id : parts.keySet()) {
            if (!isComplete(id)) {
                continue;
            }
            for (int reference : world.made.get(id).references()) {
                boolean there = isComplete(reference) || !world.isWhole(reference);
                assertTrue(there, "frame " + world.made.get(id) + " without " + world.made.get(reference));
            }
        }
    }

    /** How many packets left before the first of a keyframe. */
    int framesWithoutKey() {
        int before = 0;
        for (var packet : stream.values()) {
            if (packet.frame() >= 0 && world.made.get(packet.frame()).kind().key()) {
                return before;
            }
            before++;
        }
        return before;
    }

    /** The first packet of each frame that was sent, in the order of numbers. */
    List<Sent> frames() {
        var seen = new HashSet<Integer>();
        var frames = new ArrayList<Sent>();
        for (var packet : stream.values()) {
            if (packet.frame() >= 0 && seen.add(packet.frame())) {
                frames.add(packet);
            }
        }
        return frames;
    }
}
