package io.parley.media.rtp.codec;

import io.parley.media.rtp.memory.BitReader;
import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** Profile, level and picture size of an H.264 sequence parameter set (ITU-T H.264 section 7.3.2.1.1). One owner. */
public final class H264Sps {
    /** More than any real parameter set has in front of the picture size; the rest is not read. */
    private static final int BYTES_MAX = 256;

    private static final int SCALING_LISTS = 8;

    /** The set without its emulation prevention bytes. */
    private final MemorySegment raw = Arena.ofAuto().allocate(BYTES_MAX);

    private final BitReader bits = new BitReader();
    private int profile;
    private int level;
    private int width;
    private int height;

    /**
     * Reads the NAL unit at {@code at}, its header included; false when it is none or makes no sense (section
     * 7.3.2.1.1).
     */
    public boolean parse(MemorySegment memory, int at, int length) {
        if (length < 5 || (Bytes.u8(memory, at) & 0x1f) != H264Payload.NAL_SPS) {
            return false;
        }
        bits.over(raw, 0, unescape(memory, at + 1, length - 1));
        profile = bits.read(8);
        bits.skip(8);
        level = bits.read(8);
        bits.expGolomb(); // seq_parameter_set_id
        int chroma = hasChroma(profile) ? chroma() : 1;
        bits.expGolomb(); // log2_max_frame_num_minus4
        pictureOrder();
        bits.expGolomb(); // max_num_ref_frames
        bits.skip(1);
        size(chroma);
        return !bits.overrun() && width > 0 && height > 0;
    }

    /** Takes out the 03 of each 00 00 03 (ITU-T H.264 section 7.4.1.1). */
    private int unescape(MemorySegment memory, int at, int length) {
        int zeros = 0;
        int written = 0;
        for (int i = 0; i < length && written < BYTES_MAX; i++) {
            int value = Bytes.u8(memory, at + i);
            if (zeros >= 2 && value == 3) {
                zeros = 0;
                continue;
            }
            zeros = value == 0 ? zeros + 1 : 0;
            Bytes.put8(raw, written, value);
            written++;
        }
        return written;
    }

    private static boolean hasChroma(int profile) {
        return switch (profile) {
            case 100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135 -> true;
            default -> false;
        };
    }

    private int chroma() {
        int format = bits.expGolomb();
        boolean separate = format == 3 && bits.flag();
        bits.expGolomb(); // bit_depth_luma_minus8
        bits.expGolomb(); // bit_depth_chroma_minus8
        bits.skip(1);
        if (bits.flag()) {
            int lists = format == 3 ? SCALING_LISTS + 4 : SCALING_LISTS;
            for (int i = 0; i < lists && !bits.overrun(); i++) {
                if (bits.flag()) {
                    scalingList(i < 6 ? 16 : 64);
                }
            }
        }
        return separate ? 0 : format;
    }

    /** ITU-T H.264 section 7.3.2.1.1.1. */
    private void scalingList(int size) {
        int last = 8;
        int next = 8;
        for (int i = 0; i < size && !bits.overrun(); i++) {
            if (next != 0) {
                next = (last + bits.signedExpGolomb() + 256) & 0xff;
            }
            last = next == 0 ? last : next;
        }
    }

    private void pictureOrder() {
        int type = bits.expGolomb();
        if (type == 0) {
            bits.expGolomb();
        } else if (type == 1) {
            bits.skip(1);
            bits.signedExpGolomb();
            bits.signedExpGolomb();
            int cycle = bits.expGolomb();
            for (int i = 0; i < cycle && !bits.overrun(); i++) {
                bits.signedExpGolomb();
            }
        }
    }

    private void size(int chroma) {
        int widthBlocks = bits.expGolomb() + 1;
        int heightUnits = bits.expGolomb() + 1;
        boolean frames = bits.flag();
        if (!frames) {
            bits.skip(1);
        }
        bits.skip(1);
        int cropX = 0;
        int cropY = 0;
        if (bits.flag()) {
            cropX = bits.expGolomb() + bits.expGolomb();
            cropY = bits.expGolomb() + bits.expGolomb();
        }
        int unitX = chroma == 1 || chroma == 2 ? 2 : 1;
        int unitY = (chroma == 1 ? 2 : 1) * (frames ? 1 : 2);
        width = widthBlocks * 16 - cropX * unitX;
        height = heightUnits * (frames ? 16 : 32) - cropY * unitY;
    }

    /** profile_idc (ITU-T H.264 section 7.4.2.1.1). */
    public int profile() {
        return profile;
    }

    /** level_idc, ten times the level (ITU-T H.264 section 7.4.2.1.1). */
    public int level() {
        return level;
    }

    /** Pixels of the picture without its cropped edges (ITU-T H.264 section 7.4.2.1.1). */
    public int width() {
        return width;
    }

    /** Pixels of the picture without its cropped edges (ITU-T H.264 section 7.4.2.1.1). */
    public int height() {
        return height;
    }
}
