package io.parley.media.node.sdp;

import io.parley.media.sfu.Limits;
import io.parley.media.sfu.room.EncodingOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Which streams a section sends: by restriction ids (RFC 8853) or, as older clients do, by groups of SSRCs. */
final class Encodings {
    private static final Pattern RID = Pattern.compile("[A-Za-z0-9]{1,16}");

    private Encodings() {}

    /** At least one, at most {@link Limits#ENCODINGS}, in the order of the offer. */
    static List<EncodingOptions> of(Section section) {
        var named = rids(section).stream().map(EncodingOptions::rid).toList();
        return named.isEmpty() ? bySsrc(section) : named;
    }

    /** The restriction ids that the client will send, in its order; the first of alternatives. */
    static List<String> rids(Section section) {
        var declared = section.values("rid").stream()
                .map(value -> List.of(value.split(" ", -1)))
                .filter(words -> words.size() > 1 && words.get(1).equals("send"))
                .map(List::getFirst)
                .filter(RID.asMatchPredicate())
                .toList();
        var words = List.of(section.value("simulcast").orElse("").split(" ", -1));
        int at = words.indexOf("send");
        if (at < 0 || at + 1 == words.size()) {
            return List.of();
        }
        return List.of(words.get(at + 1).split(";", -1)).stream()
                .map(alternatives -> alternatives.split(",", -1)[0])
                .map(rid -> rid.startsWith("~") ? rid.substring(1) : rid)
                .filter(declared::contains)
                .distinct()
                .limit(Limits.ENCODINGS)
                .toList();
    }

    private static List<EncodingOptions> bySsrc(Section section) {
        var primaries = new ArrayList<Integer>();
        var repairs = new HashMap<Integer, Integer>();
        for (String group : section.values("ssrc-group")) {
            var words = group.split(" ", -1);
            var ssrcs = ssrcs(words);
            if (words[0].equals("SIM")) {
                primaries.addAll(ssrcs);
            } else if (words[0].equals("FID") && ssrcs.size() == 2) {
                repairs.putIfAbsent(ssrcs.getFirst(), ssrcs.getLast());
            }
        }
        if (primaries.isEmpty()) {
            section.value("ssrc")
                    .ifPresent(value -> primaries.addAll(ssrcs(new String[] {"", value.split(" ", -1)[0]})));
        }
        if (primaries.isEmpty()) {
            return List.of(EncodingOptions.rid(""));
        }
        return primaries.stream()
                .distinct()
                .limit(Limits.ENCODINGS)
                .map(ssrc -> encoding(ssrc, repairs))
                .toList();
    }

    private static EncodingOptions encoding(int ssrc, Map<Integer, Integer> repairs) {
        return new EncodingOptions("", ssrc, repairs.getOrDefault(ssrc, 0));
    }

    private static List<Integer> ssrcs(String[] words) {
        var found = new ArrayList<Integer>();
        for (int i = 1; i < words.length; i++) {
            try {
                found.add(Integer.parseUnsignedInt(words[i]));
            } catch (NumberFormatException _) {
                throw new InvalidOfferException("an a=ssrc or a=ssrc-group of the offer holds no SSRC");
            }
        }
        return found;
    }
}
