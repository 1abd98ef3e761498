package io.parley.media.rtp.fuzz;

import java.time.Duration;
import java.util.ArrayList;

/**
 * Attacks every parser for a while: {@code RtpFuzzSoak SECONDS [SEED]}. Ends with an error and the packet when an
 * exception escapes, or when a parser's objects make the heap grow.
 */
public final class RtpFuzzSoak {
    private static final int BATCH = 50_000;
    private static final long GROWTH_BYTES_MAX = 16 << 20;

    private RtpFuzzSoak() {}

    public static void main(String[] args) {
        var time = Duration.ofSeconds(args.length > 0 ? Long.parseLong(args[0]) : 600);
        long seed = args.length > 1 ? Long.parseLong(args[1]) : System.nanoTime();
        System.out.println("SEED=" + seed + ", " + time.toSeconds() + " s");
        var attacks = new ArrayList<Attack>();
        Target.all().forEach(target -> attacks.add(new Attack(target, seed)));
        attacks.forEach(attack -> attack.run(BATCH));
        long before = heapBytes();
        long end = System.nanoTime() + time.toNanos();
        while (System.nanoTime() < end) {
            attacks.forEach(attack -> attack.run(BATCH));
        }
        long growth = heapBytes() - before;
        long tried = attacks.stream().mapToLong(Attack::tried).sum();
        long valid = attacks.stream().mapToLong(Attack::valid).sum();
        System.out.printf("%,d packets, %,d valid, no exception; heap %+,d bytes%n", tried, valid, growth);
        if (growth > GROWTH_BYTES_MAX) {
            throw new IllegalStateException("the heap grew by " + growth + " bytes");
        }
    }

    private static long heapBytes() {
        System.gc();
        var runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
