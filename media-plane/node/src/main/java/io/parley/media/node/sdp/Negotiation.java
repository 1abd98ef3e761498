package io.parley.media.node.sdp;

import io.parley.media.rtp.extension.ExtensionKind;
import io.parley.media.rtp.extension.ExtensionMap;
import io.parley.media.sfu.Codec;
import io.parley.media.sfu.PayloadTypes;
import io.parley.media.sfu.room.EncodingOptions;
import io.parley.media.sfu.room.SlotOptions;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an offer and our answer agree on. The order of sections is the client's; a section that it receives in becomes a
 * slot, one that it sends in becomes something it may publish, one that goes both ways becomes both.
 *
 * @param answer the text to send back
 */
public record Negotiation(
        String answer, PayloadTypes types, ExtensionMap extensions, List<SlotOptions> slots, List<Track> tracks) {
    private static final int ONE_BYTE_MAX = 14;

    /** A section that the client sends in. */
    public record Track(String mid, boolean video, List<EncodingOptions> encodings) {}

    /** Answers {@code offer}; throws {@link InvalidOfferException} when its sections contradict each other. */
    public static Negotiation of(Offer offer, LocalTerms terms) {
        var media = new HashMap<Integer, Codec>();
        var repair = new HashMap<Integer, Integer>();
        var ids = new EnumMap<ExtensionKind, Integer>(ExtensionKind.class);
        var slots = new ArrayList<SlotOptions>();
        var tracks = new ArrayList<Track>();
        var writer = new AnswerWriter(offer, terms);
        for (var section : offer.sections()) {
            var formats = section.isMedia() ? Format.understood(section) : List.<Format>of();
            if (formats.stream().allMatch(Format::isRepair)) {
                writer.declined(section);
                continue;
            }
            formats.forEach(format -> agree(format, media, repair));
            var extensions = extensions(section, offer.mixesExtensions(), ids);
            var slot = section.receives()
                    ? Optional.of(slot(section, formats, terms, slots))
                    : Optional.<SlotOptions>empty();
            if (section.sends()) {
                tracks.add(new Track(section.mid(), section.isVideo(), Encodings.of(section)));
            }
            writer.accepted(section, formats, extensions, slot);
        }
        if (slots.isEmpty() && tracks.isEmpty()) {
            throw new InvalidOfferException("no section of the offer has a codec that this server knows");
        }
        return new Negotiation(
                writer.text(),
                new PayloadTypes(media, repair),
                new ExtensionMap(ids),
                List.copyOf(slots),
                List.copyOf(tracks));
    }

    private static SlotOptions slot(Section section, List<Format> formats, LocalTerms terms, List<SlotOptions> slots) {
        int ssrc = terms.firstSsrc() + 2 * slots.size();
        boolean repairs = formats.stream().anyMatch(Format::isRepair);
        var slot = new SlotOptions(section.mid(), section.isVideo(), ssrc, repairs ? ssrc + 1 : 0);
        slots.add(slot);
        return slot;
    }

    /** In one bundle a payload type means one thing (RFC 8843 section 9.1). */
    private static void agree(Format format, Map<Integer, Codec> media, Map<Integer, Integer> repair) {
        var codec = format.codec();
        boolean clashes;
        if (codec == null) {
            var before = repair.putIfAbsent(format.type(), format.repaired());
            clashes = media.containsKey(format.type()) || (before != null && before != format.repaired());
        } else {
            var before = media.putIfAbsent(format.type(), codec);
            clashes = repair.containsKey(format.type()) || (before != null && before != codec);
        }
        if (clashes) {
            throw new InvalidOfferException("payload type " + format.type() + " means two things in one bundle");
        }
    }

    private static Map<ExtensionKind, Integer> extensions(
            Section section, boolean mixed, Map<ExtensionKind, Integer> agreed) {
        var found = new EnumMap<ExtensionKind, Integer>(ExtensionKind.class);
        for (String value : section.values("extmap")) {
            var words = value.split(" ", -1);
            var kind = words.length < 2 ? Optional.<ExtensionKind>empty() : ExtensionKind.of(words[1]);
            int id = id(words[0]);
            boolean usable = id > 0 && id < 256 && id != ONE_BYTE_MAX + 1 && (mixed || id <= ONE_BYTE_MAX);
            if (kind.isPresent() && usable && !found.containsKey(kind.get())) {
                found.put(kind.get(), id);
            }
        }
        found.forEach((kind, id) -> {
            boolean clashes = agreed.entrySet().stream()
                    .anyMatch(
                            other -> other.getKey() == kind != other.getValue().equals(id));
            if (clashes) {
                throw new InvalidOfferException("header extension id " + id + " means two things in one bundle");
            }
            agreed.put(kind, id);
        });
        return found;
    }

    private static int id(String text) {
        int slash = text.indexOf('/');
        String digits = slash < 0 ? text : text.substring(0, slash);
        boolean number =
                !digits.isEmpty() && digits.length() <= 3 && digits.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Integer.parseInt(digits) : -1;
    }
}
