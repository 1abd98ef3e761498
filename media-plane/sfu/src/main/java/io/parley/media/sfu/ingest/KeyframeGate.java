package io.parley.media.sfu.ingest;

import io.parley.media.rtp.rtcp.RtcpWriter;

/**
 * Joins the keyframe wishes of all receivers of one encoding into few requests: at most one in 200 ms, repeated while
 * somebody waits and no keyframe came. One owner, allocates nothing.
 */
final class KeyframeGate {
    private static final long PAUSE_NANOS = 200_000_000;
    private static final long REPEAT_NANOS = 500_000_000;
    private static final long WISH_NANOS = 5_000_000_000L;

    private boolean wished;
    private long wishedNanos;
    private long askedNanos = Long.MIN_VALUE / 2;
    private boolean asked;
    long requests;
    long wishes;

    void wish(long nowNanos) {
        wishes++;
        if (!wished) {
            asked = false;
        }
        wished = true;
        wishedNanos = nowNanos;
    }

    boolean isWished() {
        return wished;
    }

    void onKeyframe() {
        wished = false;
        asked = false;
    }

    /** Writes a PLI when one is due. */
    boolean write(RtcpWriter writer, int ssrc, long nowNanos) {
        if (wished && nowNanos - wishedNanos > WISH_NANOS) {
            onKeyframe(); // nobody has asked for long; who still waits will
        }
        long pause = asked ? REPEAT_NANOS : PAUSE_NANOS;
        if (!wished || nowNanos - askedNanos < pause || !writer.pictureLoss(1, ssrc)) {
            return false;
        }
        asked = true;
        askedNanos = nowNanos;
        requests++;
        return true;
    }
}
