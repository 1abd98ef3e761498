package io.parley.media.sfu.forward;

/** What a slot's stream is called at its receiver, and the numbers of its retransmissions. */
public final class StreamNames {
    private final int ssrc;
    private final int repairSsrc;
    private final byte[] mid;
    private int repairSequence;

    /** {@code repairSsrc} is 0 when nothing is sent again; {@code mid} is empty when packets do not say it. */
    public StreamNames(int ssrc, int repairSsrc, byte[] mid, int firstRepairSequence) {
        this.ssrc = ssrc;
        this.repairSsrc = repairSsrc;
        this.mid = mid.clone();
        repairSequence = firstRepairSequence;
    }

    public int ssrc() {
        return ssrc;
    }

    public int repairSsrc() {
        return repairSsrc;
    }

    byte[] mid() {
        return mid;
    }

    int nextRepair() {
        repairSequence = repairSequence + 1 & 0xffff;
        return repairSequence;
    }
}
