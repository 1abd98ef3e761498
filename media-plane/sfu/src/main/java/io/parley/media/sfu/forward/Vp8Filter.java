package io.parley.media.sfu.forward;

import io.parley.media.rtp.codec.Vp8Descriptor;
import io.parley.media.sfu.ingest.Encoding;
import io.parley.media.sfu.ingest.Facts;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * VP8 with temporal layers (RFC 7741). Picture ids must be dense, because decoders take a hole for a loss: a dropped
 * frame takes none, a frame that has not come keeps its id free. A temporal layer is entered at a frame that refers to
 * the base layer only, one layer at a time, and left at once. Out of one encoding into another TL0PICIDX and KEYIDX go
 * on by one.
 */
final class Vp8Filter implements FrameFilter {
    private static final int FRAMES = 128;
    private static final int MASK = FRAMES - 1;
    private static final int MISSING_MAX = 48;
    private static final long HAS_ID = 1L << 28;
    private static final byte DROPPED = 0;
    private static final byte SENT = 1;
    private static final byte MISSING = 2;

    private final Vp8Descriptor descriptor = new Vp8Descriptor();
    private final long[] frames = new long[FRAMES];
    private final int[] outIds = new int[FRAMES];
    private final byte[] states = new byte[FRAMES];
    private final byte[] temporals = new byte[FRAMES];
    private int target = 7;
    private int current;
    private boolean started;
    private long highest;
    private int highestTl0;
    private int outId = -1;
    private int outTl0 = -1;
    private int tl0Delta;
    private int outKeyIndex = -1;
    private int keyIndexDelta;
    private boolean numbered;

    @Override
    public void target(int spatial, int temporal) {
        target = temporal;
    }

    @Override
    public void start(Encoding encoding, int index) {
        Arrays.fill(frames, -1);
        started = false;
        var ring = encoding.ring();
        int facts = ring.facts(index);
        if (!numbered && ring.frame(index) >= 0) {
            numbered = true;
            outId = ring.frame(index) - 1;
            outTl0 = Facts.tl0(facts) - 1;
        }
        tl0Delta = Facts.has(facts, Facts.HAS_TL0) ? outTl0 + 1 - Facts.tl0(facts) : 0;
        boolean read = descriptor.parse(ring.memory(), ring.payloadAt(index), ring.payloadLength(index));
        if (read && descriptor.keyIndex() >= 0) {
            keyIndexDelta = outKeyIndex < 0 ? 0 : outKeyIndex + 1 - descriptor.keyIndex() & 0x1f;
        }
    }

    @Override
    public long accept(Encoding encoding, int index) {
        var ring = encoding.ring();
        int facts = ring.facts(index);
        if (Facts.has(facts, Facts.EMPTY | Facts.OPAQUE)) {
            return DROP;
        }
        if (ring.frame(index) < 0) {
            return 0; // no picture ids: nothing can be told apart, so nothing is left out
        }
        long frame = unwrap(ring.frame(index), Facts.has(facts, Facts.SHORT_ID) ? 7 : 15);
        int slot = (int) frame & MASK;
        if (Facts.has(facts, Facts.KEYFRAME)) {
            countKeyframe(encoding, index);
        }
        if (!started || frame > highest) {
            open(frame, facts);
        } else if (frames[slot] != frame) {
            return DROP; // older than anything we know
        } else if (states[slot] == MISSING) {
            states[slot] = Facts.temporal(facts) <= temporals[slot] ? SENT : DROPPED;
        }
        return states[slot] == SENT ? word(slot, facts) : DROP;
    }

    private void countKeyframe(Encoding encoding, int index) {
        var ring = encoding.ring();
        boolean read = descriptor.parse(ring.memory(), ring.payloadAt(index), ring.payloadLength(index));
        if (read && descriptor.keyIndex() >= 0) {
            outKeyIndex = descriptor.keyIndex() + keyIndexDelta & 0x1f;
        }
    }

    private long unwrap(int id, int bits) {
        if (!started) {
            return id + (1L << 20);
        }
        int shift = 32 - bits;
        return highest + (((id - (int) highest) << shift) >> shift);
    }

    /** The first packet of a frame newer than all before. */
    private void open(long frame, int facts) {
        int temporal = Facts.temporal(facts);
        long missing = started ? frame - highest - 1 : 0;
        if (missing > MISSING_MAX) {
            missing = 0;
        }
        boolean spare = current == 0 && Facts.has(facts, Facts.HAS_TL0) && !isBaseMissing(temporal, Facts.tl0(facts));
        for (long skipped = frame - missing; skipped < frame; skipped++) {
            int slot = (int) skipped & MASK;
            frames[slot] = skipped;
            states[slot] = spare ? DROPPED : MISSING;
            temporals[slot] = (byte) current;
            if (!spare) {
                outId++;
                outIds[slot] = outId;
            }
        }
        int slot = (int) frame & MASK;
        frames[slot] = frame;
        states[slot] = decide(temporal, facts) ? SENT : DROPPED;
        if (states[slot] == SENT) {
            outId++;
            outIds[slot] = outId;
        }
        started = true;
        highest = frame;
        highestTl0 = Facts.tl0(facts);
    }

    private boolean isBaseMissing(int temporal, int tl0) {
        int bases = tl0 - highestTl0 & 0xff;
        return bases != (temporal == 0 ? 1 : 0);
    }

    private boolean decide(int temporal, int facts) {
        boolean sync = Facts.has(facts, Facts.SWITCH_UP) && temporal == current + 1;
        if (Facts.has(facts, Facts.KEYFRAME) || target < current) {
            current = target;
        } else if (sync && temporal <= target) {
            current = temporal;
        }
        return temporal <= current;
    }

    private long word(int slot, int facts) {
        int tl0 = Facts.tl0(facts) + tl0Delta & 0xff;
        if (Facts.has(facts, Facts.HAS_TL0) && (byte) (tl0 - outTl0) > 0) {
            outTl0 = tl0;
        }
        return HAS_ID | (long) (keyIndexDelta & 0x1f) << 23 | (long) tl0 << 15 | (outIds[slot] & 0x7fff);
    }

    @Override
    public void rewrite(MemorySegment memory, int payloadAt, int payloadLength, long word) {
        if ((word & HAS_ID) == 0 || !descriptor.parse(memory, payloadAt, payloadLength)) {
            return;
        }
        descriptor.pictureId((int) word & 0x7fff);
        descriptor.tl0PicIdx((int) (word >> 15) & 0xff);
        descriptor.keyIndex(descriptor.keyIndex() + (int) (word >> 23 & 0x1f));
    }
}
