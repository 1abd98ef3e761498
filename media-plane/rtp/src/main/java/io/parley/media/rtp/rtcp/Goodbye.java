package io.parley.media.rtp.rtcp;

import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;

/** The sources that leave, of a BYE packet (RFC 3550 section 6.6). One owner. */
public final class Goodbye {
    private MemorySegment memory = MemorySegment.NULL;
    private int at;
    private int count;

    /**
     * Points at the compound's current packet; false when it is no BYE or its sources are not all there (section 6.6).
     */
    public boolean parse(RtcpCompound compound) {
        memory = compound.memory();
        at = compound.at() + RtcpType.HEADER;
        count = compound.count();
        return compound.type() == RtcpType.GOODBYE && compound.length() >= RtcpType.HEADER + count * 4;
    }

    /** How many sources leave, 0 to 31 (RFC 3550 section 6.6). */
    public int count() {
        return count;
    }

    /** Source {@code index}, below {@link #count} (RFC 3550 section 6.6). */
    public int ssrc(int index) {
        return Bytes.i32(memory, at + index * 4);
    }
}
