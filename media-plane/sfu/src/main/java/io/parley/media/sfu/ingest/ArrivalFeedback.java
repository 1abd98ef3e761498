package io.parley.media.sfu.ingest;

import io.parley.media.rtp.SequenceUnwrapper;
import io.parley.media.rtp.rtcp.TransportFeedbackWriter;
import io.parley.media.sfu.Limits;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * When each transport-wide numbered packet of one publisher came, told back every 50 ms so that its congestion control
 * works. One owner, allocates nothing.
 */
public final class ArrivalFeedback {
    private static final long EVERY_NANOS = 50_000_000;
    private static final int MASK = Limits.ARRIVALS - 1;
    private static final long NOT_YET = Long.MIN_VALUE;

    private final SequenceUnwrapper unwrapper = new SequenceUnwrapper();
    private final TransportFeedbackWriter writer = new TransportFeedbackWriter();
    private final long[] arrivals = new long[Limits.ARRIVALS];
    private final int[] ssrcs = new int[2];
    private long next = -1;
    private long sentNanos;
    private int messages;
    private boolean fresh;

    public ArrivalFeedback() {
        Arrays.fill(arrivals, NOT_YET);
    }

    public void came(int sequence, int mediaSsrc, long nowNanos) {
        long before = unwrapper.highest();
        boolean first = !unwrapper.isStarted();
        long place = unwrapper.unwrap(sequence);
        if (first) {
            next = place;
        } else if (place > before) {
            long from = Math.max(before + 1, place - MASK);
            for (long skipped = from; skipped <= place; skipped++) {
                arrivals[(int) skipped & MASK] = NOT_YET;
            }
        }
        if (place <= unwrapper.highest() - MASK) {
            return;
        }
        next = Math.max(next, unwrapper.highest() - MASK);
        if (place < next) {
            next = place; // was told as lost: told again, now with its time
        }
        arrivals[(int) place & MASK] = nowNanos;
        ssrcs[0] = 1;
        ssrcs[1] = mediaSsrc;
        fresh = true;
    }

    public boolean isDue(long nowNanos) {
        return fresh && nowNanos - sentNanos >= EVERY_NANOS;
    }

    /** Writes a message of all that came since the last and returns its bytes, or 0; again while {@link #isDue}. */
    public int write(MemorySegment memory, int at, int capacity, long nowNanos) {
        long place = next;
        long highest = unwrapper.highest();
        while (place <= highest && arrivals[(int) place & MASK] == NOT_YET) {
            place++;
        }
        if (place > highest) {
            fresh = false;
            return 0;
        }
        writer.begin((int) place, arrivals[(int) place & MASK]);
        place++;
        for (; place <= highest; place++) {
            long arrival = arrivals[(int) place & MASK];
            if (arrival != NOT_YET && !writer.received((int) place, arrival)) {
                break;
            }
        }
        int bytes = Math.max(0, writer.write(memory, at, capacity, ssrcs, messages));
        messages = messages + 1 & 0xff;
        next = place;
        fresh = place <= highest;
        if (!fresh) {
            sentNanos = nowNanos;
        }
        return bytes;
    }
}
