package io.parley.media.rtp.extension;

import java.util.Arrays;
import java.util.Optional;

/** The header extensions that Parley negotiates, with the URIs that name them in SDP (RFC 8285 section 5). */
public enum ExtensionKind {
    /** RFC 6464. */
    AUDIO_LEVEL("urn:ietf:params:rtp-hdrext:ssrc-audio-level"),
    /** draft-alvestrand-rmcat-remb-03 section 2.3. */
    ABS_SEND_TIME("http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"),
    /** draft-holmer-rmcat-transport-wide-cc-extensions-01 section 2. */
    TRANSPORT_SEQUENCE("http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"),
    /** RFC 8843 section 15.2. */
    MID("urn:ietf:params:rtp-hdrext:sdes:mid"),
    /** RFC 8852 section 3.1. */
    RID("urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"),
    /** RFC 8852 section 3.2. */
    REPAIRED_RID("urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"),
    /** WebRTC's playout delay. */
    PLAYOUT_DELAY("http://www.webrtc.org/experiments/rtp-hdrext/playout-delay"),
    /** WebRTC's video layers allocation, version 0. */
    LAYERS_ALLOCATION("http://www.webrtc.org/experiments/rtp-hdrext/video-layers-allocation00"),
    /** RTP Payload Format for AV1, appendix A. */
    DEPENDENCY_DESCRIPTOR("https://aomediacodec.github.io/av1-rtp-spec/#dependency-descriptor-rtp-header-extension"),
    /** 3GPP TS 26.114 section 7.4.5; passed through. */
    VIDEO_ORIENTATION("urn:3gpp:video-orientation"),
    /** WebRTC's absolute capture time; passed through. */
    ABS_CAPTURE_TIME("http://www.webrtc.org/experiments/rtp-hdrext/abs-capture-time");

    private final String uri;

    ExtensionKind(String uri) {
        this.uri = uri;
    }

    /** The name in {@code a=extmap} (RFC 8285 section 5). */
    public String uri() {
        return uri;
    }

    /** Its place in tables of this process; never stored or sent. */
    @SuppressWarnings("EnumOrdinal")
    public int index() {
        return ordinal();
    }

    /** The kind that {@code uri} names in {@code a=extmap} (RFC 8285 section 5). */
    public static Optional<ExtensionKind> of(String uri) {
        return Arrays.stream(values()).filter(kind -> kind.uri.equals(uri)).findFirst();
    }
}
