package io.parley.media.sfu.forward;

import io.parley.media.rtp.codec.Vp9Descriptor;
import io.parley.media.sfu.ingest.Encoding;
import io.parley.media.sfu.ingest.Facts;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * VP9 with spatial and temporal layers (RFC 9628), in one stream or as simulcast. A spatial layer is entered where it
 * refers to no earlier picture (so k-SVC and full SVC are the same here), a temporal one behind a switching point; both
 * are left with the next picture. Within an encoding picture ids stay as they are: decoders count pictures of a group
 * by them and know that upper temporal layers may be thinned out. Out of one encoding into another they go on by one.
 * The last packet of the highest layer that is forwarded ends the picture.
 */
final class Vp9Filter implements FrameFilter {
    private static final int PICTURES = 128;
    private static final int MASK = PICTURES - 1;
    private static final long HAS_ID = 1L << 23;

    private final Vp9Descriptor descriptor = new Vp9Descriptor();
    private final long[] pictures = new long[PICTURES];
    private final byte[] spatials = new byte[PICTURES];
    private final byte[] temporals = new byte[PICTURES];
    /** A part of the next layer was left out of the picture: it cannot be entered in it any more. */
    private final boolean[] closed = new boolean[PICTURES];

    private int targetSpatial = 7;
    private int targetTemporal = 7;
    private int spatial;
    private int temporal;
    private boolean upAllowed;
    private boolean started;
    private boolean numbered;
    private long highest;
    private int idDelta;
    private int outId = -1;
    private int tl0Delta;
    private int outTl0 = -1;

    @Override
    public void target(int wantedSpatial, int wantedTemporal) {
        targetSpatial = wantedSpatial;
        targetTemporal = wantedTemporal;
    }

    @Override
    public void start(Encoding encoding, int index) {
        Arrays.fill(pictures, -1);
        started = false;
        upAllowed = false;
        spatial = targetSpatial;
        temporal = targetTemporal;
        int facts = encoding.ring().facts(index);
        int id = encoding.ring().frame(index);
        if (!numbered && id >= 0) {
            numbered = true;
            outId = id - 1;
            outTl0 = Facts.tl0(facts) - 1;
        }
        idDelta = outId + 1 - id;
        tl0Delta = outTl0 + 1 - Facts.tl0(facts);
    }

    @Override
    public long accept(Encoding encoding, int index) {
        var ring = encoding.ring();
        int facts = ring.facts(index);
        if (Facts.has(facts, Facts.EMPTY | Facts.OPAQUE)) {
            return DROP;
        }
        int sid = Facts.spatial(facts);
        int tid = Facts.temporal(facts);
        if (ring.frame(index) < 0) {
            return 0; // neither picture ids nor layers: nothing can be left out
        }
        long picture = unwrap(ring.frame(index), Facts.has(facts, Facts.SHORT_ID) ? 7 : 15);
        int slot = (int) picture & MASK;
        if (!started || picture > highest) {
            open(picture, facts);
        } else if (pictures[slot] != picture) {
            return DROP;
        }
        upAllowed &= picture != highest || Facts.has(facts, Facts.SWITCH_UP);
        boolean enters = sid == spatials[slot] + 1
                && sid <= targetSpatial
                && picture == highest
                && !closed[slot]
                && Facts.has(facts, Facts.FRAME_START)
                && !Facts.has(facts, Facts.INTER_PICTURE);
        if (enters) {
            spatial = sid;
            spatials[slot] = (byte) sid;
        }
        if (sid > spatials[slot] || tid > temporals[slot]) {
            closed[slot] = true;
            return DROP;
        }
        boolean last = Facts.has(facts, Facts.FRAME_END) && sid == spatials[slot];
        return word(ring.frame(index), facts) | (last ? MARKER : 0);
    }

    private long unwrap(int id, int bits) {
        if (!started) {
            return id + (1L << 20);
        }
        int shift = 32 - bits;
        return highest + (((id - (int) highest) << shift) >> shift);
    }

    private void open(long picture, int facts) {
        if (upAllowed) {
            // All behind a switching point may be relied on by what follows, so also what was overtaken and comes late.
            temporal = targetTemporal;
        }
        for (long skipped = started ? Math.max(highest + 1, picture - MASK) : picture; skipped < picture; skipped++) {
            remember(skipped);
        }
        if (Facts.has(facts, Facts.KEYFRAME)) {
            spatial = targetSpatial;
            temporal = targetTemporal;
        } else {
            spatial = Math.min(spatial, targetSpatial);
            temporal = Math.min(temporal, targetTemporal);
        }
        remember(picture);
        started = true;
        highest = picture;
        upAllowed = Facts.temporal(facts) <= temporal && Facts.has(facts, Facts.SWITCH_UP);
    }

    private void remember(long picture) {
        int slot = (int) picture & MASK;
        pictures[slot] = picture;
        closed[slot] = false;
        spatials[slot] = (byte) spatial;
        temporals[slot] = (byte) temporal;
    }

    private long word(int id, int facts) {
        int newId = id + idDelta & 0x7fff;
        if ((short) ((newId - outId) << 1) > 0) {
            outId = newId;
        }
        int tl0 = Facts.tl0(facts) + tl0Delta & 0xff;
        if (Facts.has(facts, Facts.HAS_TL0) && (byte) (tl0 - outTl0) > 0) {
            outTl0 = tl0;
        }
        return HAS_ID | (long) tl0 << 15 | newId;
    }

    @Override
    public void rewrite(MemorySegment memory, int payloadAt, int payloadLength, long word) {
        if ((word & HAS_ID) != 0 && descriptor.parse(memory, payloadAt, payloadLength)) {
            descriptor.pictureId((int) word & 0x7fff);
            descriptor.tl0PicIdx((int) (word >> 15) & 0xff);
        }
    }
}
