package io.parley.media.rtp.codec;

import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;

/**
 * The scalability structure of a VP9 stream: sizes of spatial layers and the picture group (RFC 9628 section 4.2.1).
 */
public final class Vp9Structure {
    private static final int LAYERS_MAX = 8;
    private static final int PICTURES_MAX = 255;
    private static final int REFERENCES_MAX = 3;

    private final int[] widths = new int[LAYERS_MAX];
    private final int[] heights = new int[LAYERS_MAX];
    private final byte[] pictures = new byte[PICTURES_MAX];
    private final byte[] references = new byte[PICTURES_MAX * REFERENCES_MAX];
    private int layerCount;
    private int pictureCount;
    private boolean sized;

    /**
     * Reads the structure at {@code at} and returns where it ends, or -1 when it is cut off (RFC 9628 section 4.2.1).
     */
    int parse(MemorySegment memory, int at, int end) {
        if (at >= end) {
            return -1;
        }
        int head = Bytes.u8(memory, at);
        layerCount = (head >> 5) + 1;
        sized = (head & 0x10) != 0;
        pictureCount = 0;
        int position = at + 1;
        if (sized) {
            if (position + layerCount * 4 > end) {
                return -1;
            }
            for (int i = 0; i < layerCount; i++) {
                widths[i] = Bytes.u16(memory, position);
                heights[i] = Bytes.u16(memory, position + 2);
                position += 4;
            }
        }
        return (head & 0x08) == 0 ? position : readPictures(memory, position, end);
    }

    private int readPictures(MemorySegment memory, int start, int end) {
        if (start >= end) {
            return -1;
        }
        pictureCount = Bytes.u8(memory, start);
        int position = start + 1;
        for (int i = 0; i < pictureCount; i++) {
            if (position >= end) {
                return -1;
            }
            int picture = Bytes.u8(memory, position);
            position++;
            pictures[i] = (byte) picture;
            int count = picture >> 2 & 3;
            if (position + count > end) {
                return -1;
            }
            for (int r = 0; r < count; r++) {
                references[i * REFERENCES_MAX + r] = (byte) Bytes.u8(memory, position + r);
            }
            position += count;
        }
        return position;
    }

    /** N_S + 1: spatial layers of the stream, 1 to 8 (RFC 9628 section 4.2.1). */
    public int layerCount() {
        return layerCount;
    }

    /** Y: whether the sizes are known (RFC 9628 section 4.2.1). */
    public boolean isSized() {
        return sized;
    }

    /** Pixels of spatial layer {@code layer}, if sized (RFC 9628 section 4.2.1). */
    public int width(int layer) {
        return widths[layer];
    }

    /** Pixels of spatial layer {@code layer}, if sized (RFC 9628 section 4.2.1). */
    public int height(int layer) {
        return heights[layer];
    }

    /** N_G: pictures of the group that repeats, 0 when it is not said (RFC 9628 section 4.2.1). */
    public int pictureCount() {
        return pictureCount;
    }

    /** TID of picture {@code picture} of the group (RFC 9628 section 4.2.1). */
    public int temporalLayer(int picture) {
        return (pictures[picture] & 0xff) >> 5;
    }

    /** U of picture {@code picture} of the group (RFC 9628 section 4.2.1). */
    public boolean isSwitchingUp(int picture) {
        return (pictures[picture] & 0x10) != 0;
    }

    /** R: references of picture {@code picture} of the group, 0 to 3 (RFC 9628 section 4.2.1). */
    public int referenceCount(int picture) {
        return pictures[picture] >> 2 & 3;
    }

    /** P_DIFF of one reference of a picture of the group (RFC 9628 section 4.2.1). */
    public int reference(int picture, int index) {
        return references[picture * REFERENCES_MAX + index] & 0xff;
    }
}
