package io.parley.media.sfu;

/** What a payload type stands for, as far as forwarding differs. */
public enum Codec {
    OPUS(48_000, false),
    /** Redundant audio around Opus (RFC 2198). */
    RED(48_000, false),
    PCMU(8_000, false),
    PCMA(8_000, false),
    G722(8_000, false),
    VP8(90_000, true),
    VP9(90_000, true),
    H264(90_000, true),
    AV1(90_000, true);

    private final int clockRate;
    private final boolean video;

    Codec(int clockRate, boolean video) {
        this.clockRate = clockRate;
        this.video = video;
    }

    /** Ticks of the RTP timestamp in a second. */
    public int clockRate() {
        return clockRate;
    }

    /** Its place in tables of this process; never stored or sent. */
    @SuppressWarnings("EnumOrdinal")
    public int index() {
        return ordinal();
    }

    public boolean isVideo() {
        return video;
    }
}
