package io.parley.media.rtp.fuzz;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * One parser under attack, with everything that its caller may do after it said yes. Keeps its flyweights, so it has
 * one owner and must not allocate.
 */
record Target(String name, Parser parser, List<String> sound) {
    /** What {@link Parser#read} answers for a packet that is malformed. */
    static final long INVALID = Long.MIN_VALUE;

    /** Reads a packet and all that can be read of it; may rewrite it in place. */
    @FunctionalInterface
    interface Parser {
        /** A sum over all that was read, so that nothing is optimised away, or {@link #INVALID}. */
        long read(MemorySegment memory, int at, int length);
    }

    Target(String name, Parser parser, String... sound) {
        this(name, parser, List.of(sound));
    }

    /** New objects for one owner. */
    static List<Target> all() {
        var targets = new ArrayList<Target>();
        targets.addAll(PacketTargets.all());
        targets.addAll(RtcpTargets.all());
        targets.addAll(PayloadTargets.all());
        return List.copyOf(targets);
    }

    @Override
    public String toString() {
        return name;
    }
}
