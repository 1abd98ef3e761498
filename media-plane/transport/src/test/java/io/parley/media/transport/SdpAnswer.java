package io.parley.media.transport;

import java.util.regex.Pattern;

/** The answer of a test's echo server to one offer with one video track. */
final class SdpAnswer {
    private SdpAnswer() {}

    static PeerSettings settings(String offer, IceCredentials local, String ourSetup) {
        return new PeerSettings(
                local,
                attribute(offer, "ice-ufrag"),
                Fingerprint.parse(attribute(offer, "fingerprint")),
                ourSetup.equals("active") ? DtlsRole.CLIENT : DtlsRole.answering(attribute(offer, "setup")));
    }

    static String attribute(String sdp, String name) {
        var matcher =
                Pattern.compile("^a=" + name + ":(.*?)\\s*$", Pattern.MULTILINE).matcher(sdp);
        if (!matcher.find()) {
            throw new IllegalArgumentException("the offer has no " + name + ":\n" + sdp);
        }
        return matcher.group(1);
    }

    /** The payload type of VP8 in an offer. */
    static int payloadType(String offer) {
        var matcher =
                Pattern.compile("^a=rtpmap:(\\d+) VP8/90000", Pattern.MULTILINE).matcher(offer);
        if (!matcher.find()) {
            throw new IllegalArgumentException("the offer has no VP8:\n" + offer);
        }
        return Integer.parseInt(matcher.group(1));
    }

    /** An answer with one track under {@link Echo#SSRC}. */
    static String text(
            MediaTransport transport, PeerSettings settings, IceCredentials local, int payloadType, int version) {
        var text = new StringBuilder("""
                v=0
                o=- 1 %d IN IP4 127.0.0.1
                s=-
                t=0 0
                a=group:BUNDLE 0
                a=ice-lite
                m=video 9 UDP/TLS/RTP/SAVPF %d
                c=IN IP4 0.0.0.0
                a=mid:0
                a=ice-ufrag:%s
                a=ice-pwd:%s
                a=fingerprint:%s
                a=setup:%s
                a=sendrecv
                a=rtcp-mux
                a=rtpmap:%d VP8/90000
                a=rtcp-fb:%d nack pli
                a=msid:echo echo
                a=ssrc:%d cname:echo
                """.formatted(
                        version,
                        payloadType,
                        local.ufrag(),
                        local.password(),
                        transport.fingerprint(),
                        settings.role().setup(),
                        payloadType,
                        payloadType,
                        Echo.SSRC));
        transport
                .candidates()
                .forEach(each -> text.append("a=").append(each.sdp()).append('\n'));
        return text.append("a=end-of-candidates\n").toString().replace("\n", "\r\n");
    }
}
