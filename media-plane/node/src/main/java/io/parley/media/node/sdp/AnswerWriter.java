package io.parley.media.node.sdp;

import io.parley.media.rtp.extension.ExtensionKind;
import io.parley.media.sfu.room.SlotOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes our answer, section by section in the order of the offer (RFC 8829 section 5.3). */
final class AnswerWriter {
    private final Offer offer;
    private final LocalTerms terms;
    private final List<String> bundled = new ArrayList<>();
    private final StringBuilder sections = new StringBuilder();

    AnswerWriter(Offer offer, LocalTerms terms) {
        this.offer = offer;
        this.terms = terms;
    }

    void declined(Section section) {
        line("m=" + section.kind() + " 0 " + section.protocol() + " " + String.join(" ", section.formats()));
        line("c=IN IP4 0.0.0.0");
        section.value("mid").ifPresent(mid -> line("a=mid:" + mid));
        line("a=inactive");
    }

    void accepted(
            Section section, List<Format> formats, Map<ExtensionKind, Integer> extensions, Optional<SlotOptions> slot) {
        var types =
                formats.stream().map(format -> Integer.toString(format.type())).toList();
        line("m=" + section.kind() + " 9 UDP/TLS/RTP/SAVPF " + String.join(" ", types));
        line("c=IN IP4 0.0.0.0");
        line("a=rtcp:9 IN IP4 0.0.0.0");
        line("a=mid:" + section.mid());
        if (bundled.isEmpty()) {
            transport();
        }
        bundled.add(section.mid());
        line("a=" + direction(section, slot.isPresent()));
        line("a=rtcp-mux");
        if (section.has("rtcp-rsize")) {
            line("a=rtcp-rsize");
        }
        extensions.forEach((kind, id) -> line("a=extmap:" + id + " " + kind.uri()));
        formats.forEach(this::format);
        if (section.sends()) {
            simulcast(Encodings.rids(section));
        }
        slot.ifPresent(this::slot);
    }

    private static String direction(Section section, boolean sending) {
        if (section.sends()) {
            return sending ? "sendrecv" : "recvonly";
        }
        return sending ? "sendonly" : "inactive";
    }

    /** Once, in the first section, is enough in a bundle (RFC 8843 section 7.1.3). */
    private void transport() {
        line("a=ice-ufrag:" + terms.ice().ufrag());
        line("a=ice-pwd:" + terms.ice().password());
        line("a=fingerprint:" + terms.fingerprint());
        line("a=setup:" + offer.role().setup());
        terms.candidates().forEach(candidate -> line("a=" + candidate.sdp()));
        line("a=end-of-candidates");
    }

    private void format(Format format) {
        line("a=rtpmap:" + format.type() + " " + format.mapping());
        format.feedback().forEach(feedback -> line("a=rtcp-fb:" + format.type() + " " + feedback));
        if (!format.parameters().isEmpty()) {
            line("a=fmtp:" + format.type() + " " + format.parameters());
        }
    }

    private void simulcast(List<String> rids) {
        rids.forEach(rid -> line("a=rid:" + rid + " recv"));
        if (!rids.isEmpty()) {
            line("a=simulcast:recv " + String.join(";", rids));
        }
    }

    /** Each slot is a stream of its own, so that voices and pictures of different people are not played in step. */
    private void slot(SlotOptions slot) {
        String ssrc = Integer.toUnsignedString(slot.ssrc());
        line("a=msid:slot-" + slot.mid() + " slot-" + slot.mid());
        if (slot.repairSsrc() != 0) {
            String repair = Integer.toUnsignedString(slot.repairSsrc());
            line("a=ssrc-group:FID " + ssrc + " " + repair);
            line("a=ssrc:" + ssrc + " cname:slot-" + slot.mid());
            line("a=ssrc:" + repair + " cname:slot-" + slot.mid());
        } else {
            line("a=ssrc:" + ssrc + " cname:slot-" + slot.mid());
        }
    }

    private void line(String text) {
        sections.append(text).append("\r\n");
    }

    String text() {
        String head = """
                v=0
                o=parley 1 %d IN IP4 127.0.0.1
                s=-
                t=0 0
                a=ice-lite
                a=group:BUNDLE %s
                """.formatted(terms.version(), String.join(" ", bundled));
        String mixed = offer.mixesExtensions() ? "a=extmap-allow-mixed\r\n" : "";
        return head.replace("\n", "\r\n") + "a=msid-semantic: WMS *\r\n" + mixed + sections;
    }
}
