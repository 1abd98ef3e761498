package io.parley.media.rtp.codec;

import io.parley.media.rtp.memory.BitReader;
import io.parley.media.rtp.memory.Bytes;
import java.lang.foreign.MemorySegment;

/** Profile and picture size of an AV1 sequence header OBU (AV1 specification section 5.5). One owner. */
public final class Av1SequenceHeader {
    private final BitReader bits = new BitReader();
    private int profile;
    private int width;
    private int height;
    private int delayBits;

    /**
     * Reads the OBU at {@code at}, its header included; false when it is none or cut off (AV1 specification section
     * 5.5.1).
     */
    public boolean parse(MemorySegment memory, int at, int length) {
        if (length < 2) {
            return false;
        }
        int head = Bytes.u8(memory, at);
        if ((head >> 3 & 0xf) != Av1Payload.OBU_SEQUENCE_HEADER) {
            return false;
        }
        bits.over(memory, at, length);
        bits.skip((head & 4) != 0 ? 16 : 8);
        if ((head & 2) != 0) {
            skipSize();
        }
        profile = bits.read(3);
        bits.skip(1); // still_picture
        if (bits.flag()) {
            bits.skip(5); // reduced header: one level
        } else {
            operatingPoints();
        }
        int widthBits = bits.read(4) + 1;
        int heightBits = bits.read(4) + 1;
        width = bits.read(widthBits) + 1;
        height = bits.read(heightBits) + 1;
        return !bits.overrun();
    }

    /** RTP leaves obu_size out, but a sender may keep it (RTP Payload Format for AV1 section 5). */
    private void skipSize() {
        int bytes = 0;
        while (bits.read(8) >= 0x80 && bytes < 8) {
            bytes++;
        }
    }

    private void operatingPoints() {
        boolean timing = bits.flag();
        boolean model = timing && timingAndModel();
        boolean initialDelay = bits.flag();
        int points = bits.read(5) + 1;
        for (int i = 0; i < points && !bits.overrun(); i++) {
            bits.skip(12);
            if (bits.read(5) > 7) {
                bits.skip(1);
            }
            if (model && bits.flag()) {
                bits.skip(2 * delayBits + 1);
            }
            if (initialDelay && bits.flag()) {
                bits.skip(4);
            }
        }
    }

    /** AV1 specification sections 5.5.3 and 5.5.4; answers decoder_model_info_present_flag. */
    private boolean timingAndModel() {
        bits.skip(64);
        if (bits.flag()) {
            bits.expGolomb(); // uvlc() is coded alike
        }
        boolean model = bits.flag();
        if (model) {
            delayBits = bits.read(5) + 1;
            bits.skip(42);
        }
        return model;
    }

    /** seq_profile: 0 main, 1 high, 2 professional (AV1 specification section 6.4.1). */
    public int profile() {
        return profile;
    }

    /** Pixels of the largest frame (AV1 specification section 5.5.1). */
    public int width() {
        return width;
    }

    /** Pixels of the largest frame (AV1 specification section 5.5.1). */
    public int height() {
        return height;
    }
}
