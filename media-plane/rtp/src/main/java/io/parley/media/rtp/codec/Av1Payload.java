package io.parley.media.rtp.codec;

import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;

/**
 * The aggregation header of an AV1 payload and its OBU elements (RTP Payload Format for AV1 section 4.4; AV1
 * specification section 5.3). One owner.
 */
public final class Av1Payload {
    /** Type of a sequence header OBU (AV1 specification section 6.2.2). */
    public static final int OBU_SEQUENCE_HEADER = 1;

    private MemorySegment memory = MemorySegment.NULL;
    private int head;
    private int start;
    private int end;
    private int position;
    private int elements;
    private int at;
    private int length;
    private int obuHead;
    private int obuExtension;
    private int lebBytes;

    /** Points at a payload and checks the lengths of all elements (RTP Payload Format for AV1 section 4.4). */
    public boolean parse(MemorySegment source, int payloadAt, int bytes) {
        memory = source;
        end = payloadAt + bytes;
        start = payloadAt + 1;
        if (bytes < 2) {
            return false;
        }
        head = Bytes.u8(source, payloadAt);
        if (isContinuation() && isNewSequence()) {
            return false; // a new coded video sequence cannot begin with the rest of an OBU
        }
        rewind();
        while (next()) {
            // Only its checks are wanted here.
        }
        boolean whole = position == end && (count() == 0 || elements == count());
        rewind();
        return whole;
    }

    /** Starts the walk over the elements again. */
    public void rewind() {
        position = start;
        elements = 0;
    }

    /** Moves to the next OBU element; false behind the last (RTP Payload Format for AV1 section 4.4). */
    public boolean next() {
        if (position >= end || (count() != 0 && elements == count())) {
            return false;
        }
        boolean last = elements + 1 == count(); // with W, the last element has no length
        length = end - position;
        if (!last) {
            int size = leb128(position);
            if (size < 0 || size > length - lebBytes) {
                return false;
            }
            position += lebBytes;
            length = size;
        }
        at = position;
        position += length;
        elements++;
        boolean fresh = length > 0 && !(elements == 1 && isContinuation());
        obuHead = fresh ? Bytes.u8(memory, at) : 0;
        obuExtension = (obuHead & 4) != 0 && length > 1 ? Bytes.u8(memory, at + 1) : 0;
        return true;
    }

    /** The number at {@code from} (AV1 specification section 4.10.5), or -1 when it is cut off or beyond 28 bits. */
    private int leb128(int from) {
        int value = 0;
        for (int i = 0; i < 4 && from + i < end; i++) {
            int part = Bytes.u8(memory, from + i);
            value |= (part & 0x7f) << (7 * i);
            if ((part & 0x80) == 0) {
                lebBytes = i + 1;
                return value;
            }
        }
        return -1;
    }

    /** Z: the first element continues an OBU of the packet before (RTP Payload Format for AV1 section 4.4). */
    public boolean isContinuation() {
        return (head & 0x80) != 0;
    }

    /** Y: the last element continues in the next packet (RTP Payload Format for AV1 section 4.4). */
    public boolean isContinued() {
        return (head & 0x40) != 0;
    }

    /** W: how many elements there are, 1 to 3, or 0 when all have lengths (RTP Payload Format for AV1 section 4.4). */
    public int count() {
        return head >> 4 & 3;
    }

    /** N: the first packet of a coded video sequence, so of a keyframe (RTP Payload Format for AV1 section 4.4). */
    public boolean isNewSequence() {
        return (head & 0x08) != 0;
    }

    /** Where the current element begins, at its OBU header unless it is a continuation (section 4.4). */
    public int at() {
        return at;
    }

    /** Bytes of the current element (RTP Payload Format for AV1 section 4.4). */
    public int length() {
        return length;
    }

    /** The type of the current OBU; 0, which is reserved, for a continuation (AV1 specification section 5.3.2). */
    public int obuType() {
        return obuHead >> 3 & 0xf;
    }

    /** temporal_id of the current OBU, 0 when it does not say (AV1 specification section 5.3.3). */
    public int temporalLayer() {
        return obuExtension >> 5;
    }

    /** spatial_id of the current OBU, 0 when it does not say (AV1 specification section 5.3.3). */
    public int spatialLayer() {
        return obuExtension >> 3 & 3;
    }
}
