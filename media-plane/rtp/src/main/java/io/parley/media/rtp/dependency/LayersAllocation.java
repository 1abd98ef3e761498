package io.parley.media.rtp.dependency;

import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;

/**
 * The video layers allocation (WebRTC's video-layers-allocation00 header extension): which layers a sender encodes now,
 * at what bit rates and sizes. A flyweight of one owner.
 */
public final class LayersAllocation {
    /** RTP streams of a simulcast: their count has 2 bits. */
    public static final int STREAMS_MAX = 4;

    /** Spatial layers of a stream: 4 bits say which are active. */
    public static final int SPATIAL_MAX = 4;

    /** Temporal layers of a spatial layer: their count has 2 bits. */
    public static final int TEMPORAL_MAX = 4;

    private static final int LAYERS_MAX = STREAMS_MAX * SPATIAL_MAX;
    private static final int SIZE_BYTES = 5;

    private final int[] masks = new int[STREAMS_MAX];
    private final int[] temporalCounts = new int[LAYERS_MAX];
    private final int[] bitratesKbps = new int[LAYERS_MAX * TEMPORAL_MAX];
    private final int[] widths = new int[LAYERS_MAX];
    private final int[] heights = new int[LAYERS_MAX];
    private final int[] frameRates = new int[LAYERS_MAX];
    private MemorySegment memory = MemorySegment.NULL;
    private int position;
    private int end;
    private int streamIndex;
    private int streamCount;
    private boolean sized;

    /**
     * Reads the extension's value (video-layers-allocation00, "Data layout"); false when it is cut off or makes no
     * sense.
     */
    public boolean parse(MemorySegment source, int at, int length) {
        memory = source;
        position = at;
        end = at + length;
        sized = false;
        if (length < 1) {
            return false;
        }
        int head = Bytes.u8(source, position);
        position++;
        streamIndex = head >> 6;
        streamCount = (head >> 4 & 3) + 1;
        if (head == 0 && length == 1) {
            streamCount = 0; // nothing is sent at all
            return true;
        }
        return streamIndex < streamCount
                && readMasks(head & 0xf)
                && readTemporalCounts()
                && readBitrates()
                && readSizes();
    }

    private boolean readMasks(int shared) {
        int bytes = shared != 0 ? 0 : (streamCount + 1) / 2;
        if (bytes > end - position) {
            return false;
        }
        for (int stream = 0; stream < streamCount; stream++) {
            int own = bytes == 0 ? 0 : Bytes.u8(memory, position + stream / 2);
            masks[stream] = bytes == 0 ? shared : own >> (stream % 2 == 0 ? 4 : 0) & 0xf;
        }
        position += bytes;
        return true;
    }

    private boolean readTemporalCounts() {
        int layers = 0;
        for (int layer = 0; layer < streamCount * SPATIAL_MAX; layer++) {
            if (isActive(layer / SPATIAL_MAX, layer % SPATIAL_MAX)) {
                int at = position + layers / 4;
                if (at >= end) {
                    return false;
                }
                temporalCounts[layer] = (Bytes.u8(memory, at) >> (6 - layers % 4 * 2) & 3) + 1;
                layers++;
            }
        }
        position += (layers + 3) / 4;
        return true;
    }

    private boolean readBitrates() {
        for (int layer = 0; layer < streamCount * SPATIAL_MAX; layer++) {
            if (isActive(layer / SPATIAL_MAX, layer % SPATIAL_MAX)) {
                for (int temporal = 0; temporal < temporalCounts[layer]; temporal++) {
                    int kbps = leb128();
                    if (kbps < 0) {
                        return false;
                    }
                    bitratesKbps[layer * TEMPORAL_MAX + temporal] = kbps;
                }
            }
        }
        return true;
    }

    /** A number of the AV1 specification section 4.10.5, or -1 when it is cut off or beyond 28 bits. */
    private int leb128() {
        int value = 0;
        for (int i = 0; i < 4 && position < end; i++) {
            int part = Bytes.u8(memory, position);
            position++;
            value |= (part & 0x7f) << (7 * i);
            if ((part & 0x80) == 0) {
                return value;
            }
        }
        return -1;
    }

    private boolean readSizes() {
        if (position == end) {
            return true;
        }
        sized = true;
        for (int layer = 0; layer < streamCount * SPATIAL_MAX; layer++) {
            if (isActive(layer / SPATIAL_MAX, layer % SPATIAL_MAX)) {
                if (end - position < SIZE_BYTES) {
                    return false;
                }
                widths[layer] = Bytes.u16(memory, position) + 1;
                heights[layer] = Bytes.u16(memory, position + 2) + 1;
                frameRates[layer] = Bytes.u8(memory, position + 4);
                position += SIZE_BYTES;
            }
        }
        return true;
    }

    /** RID: which of the streams this packet's SSRC carries (video-layers-allocation00). */
    public int streamIndex() {
        return streamIndex;
    }

    /** NS: how many RTP streams there are, 0 when nothing is sent (video-layers-allocation00). */
    public int streamCount() {
        return streamCount;
    }

    /** Whether a spatial layer of a stream is encoded (video-layers-allocation00). */
    public boolean isActive(int stream, int spatial) {
        return stream < streamCount && (masks[stream] >> spatial & 1) != 0;
    }

    /** Temporal layers of an active layer, 1 to 4 (video-layers-allocation00). */
    public int temporalCount(int stream, int spatial) {
        return temporalCounts[stream * SPATIAL_MAX + spatial];
    }

    /** Target of an active layer with all temporal layers up to {@code temporal} (video-layers-allocation00). */
    public int bitrateKbps(int stream, int spatial, int temporal) {
        return bitratesKbps[(stream * SPATIAL_MAX + spatial) * TEMPORAL_MAX + temporal];
    }

    /** Whether sizes and frame rates are said (video-layers-allocation00). */
    public boolean isSized() {
        return sized;
    }

    /** Pixels of an active layer, if sized (video-layers-allocation00). */
    public int width(int stream, int spatial) {
        return widths[stream * SPATIAL_MAX + spatial];
    }

    /** Pixels of an active layer, if sized (video-layers-allocation00). */
    public int height(int stream, int spatial) {
        return heights[stream * SPATIAL_MAX + spatial];
    }

    /** Frames per second of an active layer, if sized (video-layers-allocation00). */
    public int frameRate(int stream, int spatial) {
        return frameRates[stream * SPATIAL_MAX + spatial];
    }
}
