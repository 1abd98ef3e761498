package io.parley.media.rtp.codec;

import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;

/**
 * The VP8 payload descriptor and, at the start of a frame, the payload header (RFC 7741 sections 4.2 and 4.3). Picture
 * id and TL0PICIDX are rewritten in place. A flyweight of one owner.
 */
public final class Vp8Descriptor {
    private static final int KEYFRAME_HEADER = 10;

    private MemorySegment memory = MemorySegment.NULL;
    private int length;
    private boolean startOfFrame;
    private boolean nonReference;
    private int pictureIdAt;
    private int pictureIdBits;
    private int pictureId;
    private int tl0At;
    private int tl0PicIdx;
    private int temporalLayer;
    private boolean layerSync;
    private int keyIndexAt;
    private int keyIndex;
    private boolean keyframe;
    private int width;
    private int height;

    /** Points at a payload and reads its descriptor; false when it is cut off or empty (RFC 7741 section 4.2). */
    public boolean parse(MemorySegment source, int at, int bytes) {
        clear(source);
        int end = at + bytes;
        if (bytes < 1) {
            return false;
        }
        int first = Bytes.u8(source, at);
        nonReference = (first & 0x20) != 0;
        startOfFrame = (first & 0x17) == 0x10; // S, and partition 0
        int position = at + 1;
        if ((first & 0x80) != 0) {
            position = extension(position, end);
            if (position < 0) {
                return false;
            }
        }
        length = position - at;
        if (position >= end) {
            return false; // RFC 7741 section 4.2: at least one byte of the frame follows
        }
        if (startOfFrame) {
            frameHeader(position, end);
        }
        return true;
    }

    private void clear(MemorySegment source) {
        memory = source;
        pictureIdBits = 0;
        pictureId = -1;
        tl0At = -1;
        tl0PicIdx = -1;
        temporalLayer = -1;
        layerSync = false;
        keyIndex = -1;
        keyframe = false;
        width = 0;
        height = 0;
    }

    /** Reads the bytes that X announces and returns where they end, or -1 when they are cut off. */
    private int extension(int start, int end) {
        if (start >= end) {
            return -1;
        }
        int flags = Bytes.u8(memory, start);
        int position = start + 1;
        if ((flags & 0x80) != 0) {
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
            position += wide ? 2 : 1;
        }
        int more = ((flags & 0x40) != 0 ? 1 : 0) + ((flags & 0x30) != 0 ? 1 : 0);
        if (position + more > end) {
            return -1;
        }
        if ((flags & 0x40) != 0) {
            tl0At = position;
            tl0PicIdx = Bytes.u8(memory, position);
            position++;
        }
        if ((flags & 0x30) != 0) {
            int layers = Bytes.u8(memory, position);
            temporalLayer = (flags & 0x20) != 0 ? layers >> 6 : -1;
            layerSync = (flags & 0x20) != 0 && (layers & 0x20) != 0;
            keyIndex = (flags & 0x10) != 0 ? layers & 0x1f : -1;
            keyIndexAt = position;
            position++;
        }
        return position;
    }

    /** P is the lowest bit of the first byte; a keyframe's size follows its start code (RFC 6386 section 9.1). */
    private void frameHeader(int position, int end) {
        keyframe = (Bytes.u8(memory, position) & 1) == 0;
        if (keyframe && end - position >= KEYFRAME_HEADER && Bytes.u24(memory, position + 3) == 0x9d012a) {
            width = Bytes.u8(memory, position + 6) | (Bytes.u8(memory, position + 7) & 0x3f) << 8;
            height = Bytes.u8(memory, position + 8) | (Bytes.u8(memory, position + 9) & 0x3f) << 8;
        }
    }

    /** Bytes of the descriptor (RFC 7741 section 4.2). */
    public int length() {
        return length;
    }

    /** Whether the packet begins a frame: S and partition 0 (RFC 7741 section 4.2). */
    public boolean isStartOfFrame() {
        return startOfFrame;
    }

    /** N: no other frame depends on this one (RFC 7741 section 4.2). */
    public boolean isNonReference() {
        return nonReference;
    }

    /** The picture id, or -1 when there is none (RFC 7741 section 4.2). */
    public int pictureId() {
        return pictureId;
    }

    /** 7 or 15, or 0 when there is no picture id (RFC 7741 section 4.2). */
    public int pictureIdBits() {
        return pictureIdBits;
    }

    /** Rewrites the picture id in as many bits as it has; without one nothing happens (RFC 7741 section 4.2). */
    public void pictureId(int id) {
        if (pictureIdBits == 15) {
            pictureId = id & 0x7fff;
            Bytes.put16(memory, pictureIdAt, 0x8000 | pictureId);
        } else if (pictureIdBits == 7) {
            pictureId = id & 0x7f;
            Bytes.put8(memory, pictureIdAt, pictureId);
        }
    }

    /** Counts frames of the base layer modulo 256, or -1 when there is none (RFC 7741 section 4.2). */
    public int tl0PicIdx() {
        return tl0PicIdx;
    }

    /** Rewrites TL0PICIDX with the low 8 bits; without one nothing happens (RFC 7741 section 4.2). */
    public void tl0PicIdx(int index) {
        if (tl0At >= 0) {
            tl0PicIdx = index & 0xff;
            Bytes.put8(memory, tl0At, index);
        }
    }

    /** TID, 0 to 3, or -1 when there is none (RFC 7741 section 4.2). */
    public int temporalLayer() {
        return temporalLayer;
    }

    /** Y: the frame depends on the base layer only, so a receiver may switch up here (RFC 7741 section 4.2). */
    public boolean isLayerSync() {
        return layerSync;
    }

    /** KEYIDX, 0 to 31, or -1 when there is none (RFC 7741 section 4.2). */
    public int keyIndex() {
        return keyIndex;
    }

    /** Rewrites KEYIDX with the low 5 bits; without one nothing happens (RFC 7741 section 4.2). */
    public void keyIndex(int index) {
        if (keyIndex >= 0) {
            keyIndex = index & 0x1f;
            Bytes.put8(memory, keyIndexAt, (Bytes.u8(memory, keyIndexAt) & ~0x1f) | keyIndex);
        }
    }

    /** Whether this packet begins a keyframe: P of the payload header is 0 (RFC 7741 section 4.3). */
    public boolean isKeyframe() {
        return keyframe;
    }

    /** Pixels of a beginning keyframe, else 0 (RFC 6386 section 9.1). */
    public int width() {
        return width;
    }

    /** Pixels of a beginning keyframe, else 0 (RFC 6386 section 9.1). */
    public int height() {
        return height;
    }
}
