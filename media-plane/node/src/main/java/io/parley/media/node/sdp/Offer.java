package io.parley.media.node.sdp;

import io.parley.media.node.sdp.Section.Attribute;
import io.parley.media.transport.DtlsRole;
import io.parley.media.transport.Fingerprint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a client offers (RFC 8866, RFC 8829): one bundled transport with RTCP multiplexed, and the sections on it.
 * Offers come from strangers: what is not understood is ignored, what cannot be answered is refused with a sentence.
 */
public final class Offer {
    private static final Pattern MID = Pattern.compile("[A-Za-z0-9_.+-]{1," + Limits.MID_CHARS + "}");
    private static final Pattern UFRAG = Pattern.compile("[A-Za-z0-9+/]{4,256}");

    private final Section session;
    private final List<Section> sections;
    private final Section transport;

    private Offer(Section session, List<Section> sections) {
        this.session = session;
        this.sections = sections;
        transport = sections.stream()
                .filter(Section::isMedia)
                .findFirst()
                .orElseThrow(() -> new InvalidOfferException("the offer has no audio or video section"));
        checkBundle();
    }

    /** Throws {@link InvalidOfferException} for what cannot be answered. */
    public static Offer parse(String text) {
        if (text.length() > Limits.OFFER_CHARS) {
            throw new InvalidOfferException("the offer is longer than " + Limits.OFFER_CHARS + " characters");
        }
        var lines = text.lines().limit(Limits.LINES + 1L).toList();
        if (lines.size() > Limits.LINES) {
            throw new InvalidOfferException("the offer has more than " + Limits.LINES + " lines");
        }
        if (lines.isEmpty() || !lines.getFirst().equals("v=0")) {
            throw new InvalidOfferException("the offer does not begin with v=0");
        }
        var starts = new ArrayList<Integer>();
        for (int i = 0; i < lines.size(); i++) {
            check(lines.get(i), i + 1);
            if (lines.get(i).startsWith("m=")) {
                starts.add(i);
            }
        }
        if (starts.size() > Limits.SECTIONS) {
            throw new InvalidOfferException("the offer has more than " + Limits.SECTIONS + " media sections");
        }
        int end = starts.isEmpty() ? lines.size() : starts.getFirst();
        var session = new Section("", true, "", List.of(), attributes(lines.subList(0, end)));
        var sections = new ArrayList<Section>();
        for (int i = 0; i < starts.size(); i++) {
            int next = i + 1 < starts.size() ? starts.get(i + 1) : lines.size();
            sections.add(section(lines.subList(starts.get(i), next)));
        }
        return new Offer(session, List.copyOf(sections));
    }

    private static void check(String line, int number) {
        boolean sound =
                line.length() >= 2 && line.charAt(1) == '=' && line.chars().noneMatch(Character::isISOControl);
        if (!sound) {
            throw new InvalidOfferException("line " + number + " of the offer is not a line of SDP");
        }
    }

    private static Section section(List<String> lines) {
        var words = lines.getFirst().substring(2).split(" ", -1);
        if (words.length < 4) {
            throw new InvalidOfferException("a media line of the offer lacks its port, protocol or formats");
        }
        var formats = List.of(words).subList(3, words.length);
        return new Section(words[0], !words[1].equals("0"), words[2], formats, attributes(lines));
    }

    private static List<Attribute> attributes(List<String> lines) {
        var found = new ArrayList<Attribute>();
        for (String line : lines) {
            if (line.startsWith("a=")) {
                int colon = line.indexOf(':');
                boolean flag = colon < 0;
                found.add(new Attribute(
                        line.substring(2, flag ? line.length() : colon), flag ? "" : line.substring(colon + 1)));
            }
        }
        return found;
    }

    private void checkBundle() {
        var bundled = session.values("group").stream()
                .filter(group -> group.startsWith("BUNDLE"))
                .flatMap(group -> List.of(group.split(" ", -1)).stream().skip(1))
                .toList();
        var mids = new HashSet<String>();
        for (var section : sections) {
            if (!section.isMedia()) {
                continue;
            }
            if (!MID.matcher(section.mid()).matches() || !mids.add(section.mid())) {
                throw new InvalidOfferException(
                        "each media section needs an a=mid of its own, at most " + Limits.MID_CHARS + " letters long");
            }
            if (!bundled.contains(section.mid())) {
                throw new InvalidOfferException("section " + section.mid() + " is not in a=group:BUNDLE");
            }
            if (!section.has("rtcp-mux")) {
                throw new InvalidOfferException("section " + section.mid() + " lacks a=rtcp-mux");
            }
        }
    }

    List<Section> sections() {
        return sections;
    }

    /** Whether extension ids above 14 may be used (RFC 8285 section 6). */
    boolean mixesExtensions() {
        return session.has("extmap-allow-mixed") || transport.has("extmap-allow-mixed");
    }

    /** The client's user fragment: with another one than before, ICE restarts. */
    public String ufrag() {
        String ufrag = transportValue("ice-ufrag");
        if (!UFRAG.matcher(ufrag).matches()) {
            throw new InvalidOfferException("a=ice-ufrag is malformed");
        }
        return ufrag;
    }

    /** Of the certificate that the client will show. */
    public Fingerprint fingerprint() {
        try {
            return Fingerprint.parse(transportValue("fingerprint"));
        } catch (IllegalArgumentException _) {
            throw new InvalidOfferException("a=fingerprint is no SHA-256, SHA-384 or SHA-512 of a certificate");
        }
    }

    /** The side of the DTLS handshake that is left to us. */
    public DtlsRole role() {
        try {
            return DtlsRole.answering(transportValue("setup"));
        } catch (IllegalArgumentException _) {
            throw new InvalidOfferException("a=setup is none of actpass, active and passive");
        }
    }

    private String transportValue(String name) {
        return transport
                .value(name)
                .or(() -> session.value(name))
                .orElseThrow(() -> new InvalidOfferException("the offer lacks a=" + name));
    }
}
