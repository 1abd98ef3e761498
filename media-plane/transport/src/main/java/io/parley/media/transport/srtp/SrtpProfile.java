package io.parley.media.transport.srtp;

import java.util.Optional;

/** The protection profiles we take, the preferred one first (RFC 5764 section 4.1.2, RFC 7714 section 14.2). */
public enum SrtpProfile {
    AEAD_AES_128_GCM(0x0007, 12, 16),
    AES_CM_128_HMAC_SHA1_80(0x0001, 14, 10);

    /** Bytes of a master key of either. */
    public static final int KEY_BYTES = 16;

    private final int id;
    private final int saltBytes;
    private final int tagBytes;

    SrtpProfile(int id, int saltBytes, int tagBytes) {
        this.id = id;
        this.saltBytes = saltBytes;
        this.tagBytes = tagBytes;
    }

    public static Optional<SrtpProfile> of(int id) {
        for (var profile : values()) {
            if (profile.id == id) {
                return Optional.of(profile);
            }
        }
        return Optional.empty();
    }

    /** As DTLS names it. */
    public int id() {
        return id;
    }

    /** Bytes of a master salt. */
    public int saltBytes() {
        return saltBytes;
    }

    /** Bytes that authentication adds to an RTP packet; RTCP grows by 4 more. */
    public int tagBytes() {
        return tagBytes;
    }
}
