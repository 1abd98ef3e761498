package io.parley.media.rtp.codec;

import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;

/**
 * The VP9 payload descriptor in flexible and non-flexible mode (RFC 9628 section 4.2). Picture id and TL0PICIDX are
 * rewritten in place. A flyweight of one owner.
 */
public final class Vp9Descriptor {
    private static final int REFERENCES_MAX = 3;

    private final Vp9Structure structure = new Vp9Structure();
    private final int[] references = new int[REFERENCES_MAX];
    private MemorySegment memory = MemorySegment.NULL;
    private int flags;
    private int length;
    private int pictureIdAt;
    private int pictureIdBits;
    private int pictureId;
    private int tl0At;
    private int tl0PicIdx;
    private int layers;
    private int referenceCount;

    /** Points at a payload and reads its descriptor; false when it is cut off or empty (RFC 9628 section 4.2). */
    public boolean parse(MemorySegment source, int at, int bytes) {
        memory = source;
        pictureIdBits = 0;
        pictureId = -1;
        tl0At = -1;
        tl0PicIdx = -1;
        layers = 0;
        referenceCount = 0;
        int end = at + bytes;
        if (bytes < 1) {
            return false;
        }
        flags = Bytes.u8(source, at);
        int position = at + 1;
        if (hasPictureId()) {
            position = readPictureId(position, end);
        }
        if (position >= 0 && hasLayers()) {
            position = readLayers(position, end);
        }
        if (position >= 0 && isFlexible() && isInterPicture()) {
            position = readReferences(position, end);
        }
        if (position >= 0 && hasStructure()) {
            position = structure.parse(source, position, end);
        }
        length = position - at;
        return position >= 0 && position < end; // a frame, or a part of one, follows
    }

    private int readPictureId(int position, int end) {
        if (position >= end) {
            return -1;
        }
        boolean wide = (Bytes.u8(memory, position) & 0x80) != 0;
        if (wide && position + 1 >= end) {
            return -1;
        }
        pictureIdAt = position;
        pictureIdBits = wide ? 15 : 7;
        pictureId = wide ? Bytes.u16(memory, position) & 0x7fff : Bytes.u8(memory, position);
        return position + (wide ? 2 : 1);
    }

    private int readLayers(int position, int end) {
        int bytes = isFlexible() ? 1 : 2;
        if (position + bytes > end) {
            return -1;
        }
        layers = Bytes.u8(memory, position);
        if (!isFlexible()) {
            tl0At = position + 1;
            tl0PicIdx = Bytes.u8(memory, tl0At);
        }
        return position + bytes;
    }

    private int readReferences(int start, int end) {
        int position = start;
        boolean more = true;
        while (more) {
            if (position >= end || referenceCount == REFERENCES_MAX) {
                return -1;
            }
            int difference = Bytes.u8(memory, position);
            references[referenceCount] = difference >> 1;
            referenceCount++;
            more = (difference & 1) != 0;
            position++;
        }
        return position;
    }

    /** Bytes of the descriptor (RFC 9628 section 4.2). */
    public int length() {
        return length;
    }

    /** I: there is a picture id (RFC 9628 section 4.2). */
    public boolean hasPictureId() {
        return (flags & 0x80) != 0;
    }

    /** P: the picture depends on earlier ones (RFC 9628 section 4.2). */
    public boolean isInterPicture() {
        return (flags & 0x40) != 0;
    }

    /** L: layer indices are there (RFC 9628 section 4.2). */
    public boolean hasLayers() {
        return (flags & 0x20) != 0;
    }

    /** F: flexible mode, in which each packet says what its picture refers to (RFC 9628 section 4.2). */
    public boolean isFlexible() {
        return (flags & 0x10) != 0;
    }

    /** B: the packet begins a layer frame (RFC 9628 section 4.2). */
    public boolean isStartOfFrame() {
        return (flags & 0x08) != 0;
    }

    /** E: the packet ends a layer frame (RFC 9628 section 4.2). */
    public boolean isEndOfFrame() {
        return (flags & 0x04) != 0;
    }

    /** V: the scalability structure is there (RFC 9628 section 4.2). */
    public boolean hasStructure() {
        return (flags & 0x02) != 0;
    }

    /** Z: the layer frame is no reference for upper spatial layers (RFC 9628 section 4.2). */
    public boolean isNotForUpperLayers() {
        return (flags & 0x01) != 0;
    }

    /** The picture id, or -1 when there is none (RFC 9628 section 4.2). */
    public int pictureId() {
        return pictureId;
    }

    /** 7 or 15, or 0 when there is no picture id (RFC 9628 section 4.2). */
    public int pictureIdBits() {
        return pictureIdBits;
    }

    /** Rewrites the picture id in as many bits as it has; without one nothing happens (RFC 9628 section 4.2). */
    public void pictureId(int id) {
        if (pictureIdBits == 15) {
            pictureId = id & 0x7fff;
            Bytes.put16(memory, pictureIdAt, 0x8000 | pictureId);
        } else if (pictureIdBits == 7) {
            pictureId = id & 0x7f;
            Bytes.put8(memory, pictureIdAt, pictureId);
        }
    }

    /** TID, 0 to 7; 0 without layer indices (RFC 9628 section 4.2). */
    public int temporalLayer() {
        return layers >> 5;
    }

    /** U: a receiver may switch up to this temporal layer here (RFC 9628 section 4.2). */
    public boolean isSwitchingUp() {
        return (layers & 0x10) != 0;
    }

    /** SID, 0 to 7; 0 without layer indices (RFC 9628 section 4.2). */
    public int spatialLayer() {
        return layers >> 1 & 7;
    }

    /** D: the frame depends on the spatial layer below, of the same picture (RFC 9628 section 4.2). */
    public boolean isInterLayer() {
        return (layers & 1) != 0;
    }

    /** Counts frames of the base layer modulo 256, or -1; non-flexible mode only (RFC 9628 section 4.2). */
    public int tl0PicIdx() {
        return tl0PicIdx;
    }

    /** Rewrites TL0PICIDX with the low 8 bits; without one nothing happens (RFC 9628 section 4.2). */
    public void tl0PicIdx(int index) {
        if (tl0At >= 0) {
            tl0PicIdx = index & 0xff;
            Bytes.put8(memory, tl0At, index);
        }
    }

    /** How many pictures this one refers to, 0 to 3; flexible mode only (RFC 9628 section 4.2). */
    public int referenceCount() {
        return referenceCount;
    }

    /** P_DIFF: how many picture ids back reference {@code index} lies (RFC 9628 section 4.2). */
    public int reference(int index) {
        return references[index];
    }

    /**
     * Whether the packet begins a keyframe: no earlier picture is needed, lowest spatial layer (RFC 9628 section 4.2).
     */
    public boolean isKeyframe() {
        return isStartOfFrame() && !isInterPicture() && spatialLayer() == 0 && !isInterLayer();
    }

    /** The scalability structure of this packet; means something if {@link #hasStructure} (RFC 9628 section 4.2.1). */
    public Vp9Structure structure() {
        return structure;
    }
}
