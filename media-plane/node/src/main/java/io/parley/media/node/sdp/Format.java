package io.parley.media.node.sdp;

import io.parley.media.sfu.Codec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One payload type that both sides understand.
 *
 * @param codec null for RTX, which has {@code repaired} instead
 * @param repaired the payload type that RTX repairs, -1 for a codec
 * @param mapping the value of {@code a=rtpmap} behind the type
 * @param parameters of {@code a=fmtp}, empty for none
 * @param feedback values of {@code a=rtcp-fb} behind the type
 */
record Format(int type, @Nullable Codec codec, int repaired, String mapping, String parameters, List<String> feedback) {
    private static final Set<String> VIDEO_FEEDBACK =
            Set.of("nack", "nack pli", "ccm fir", "transport-cc", "goog-remb");
    private static final Set<String> AUDIO_FEEDBACK = Set.of("transport-cc");
    private static final int TYPES = 128;

    Format {
        feedback = List.copyOf(feedback);
    }

    boolean isRepair() {
        return repaired >= 0;
    }

    /** What of a section is understood, in its order; RTX only of what is. */
    static List<Format> understood(Section section) {
        var mappings = byType(section.values("rtpmap"));
        var parameters = byType(section.values("fmtp"));
        var all = new ArrayList<Format>();
        var media = new HashSet<Integer>();
        for (String text : section.formats()) {
            int type = type(text);
            var mapping = Optional.ofNullable(mappings.get(type));
            if (type >= 0 && mapping.isPresent()) {
                read(section, type, mapping.get(), parameters.getOrDefault(type, ""))
                        .ifPresent(all::add);
            }
        }
        all.stream().filter(format -> !format.isRepair()).forEach(format -> media.add(format.type));
        return all.stream()
                .filter(format -> !format.isRepair() || media.contains(format.repaired))
                .toList();
    }

    private static Optional<Format> read(Section section, int type, String mapping, String parameters) {
        var feedback = section.values("rtcp-fb").stream()
                .filter(value -> value.startsWith(type + " ") || value.startsWith("* "))
                .map(value -> value.substring(value.indexOf(' ') + 1))
                .filter((section.isVideo() ? VIDEO_FEEDBACK : AUDIO_FEEDBACK)::contains)
                .distinct()
                .toList();
        if (section.isVideo() && mapping.toLowerCase(Locale.ROOT).equals("rtx/90000")) {
            int repaired = type(parameter(parameters, "apt"));
            return repaired < 0
                    ? Optional.empty()
                    : Optional.of(new Format(type, null, repaired, mapping, parameters, List.of()));
        }
        var codec = codec(mapping.toLowerCase(Locale.ROOT), parameters);
        return codec == null || codec.isVideo() != section.isVideo()
                ? Optional.empty()
                : Optional.of(new Format(type, codec, -1, mapping, parameters, feedback));
    }

    private static @Nullable Codec codec(String mapping, String parameters) {
        return switch (mapping) {
            case "opus/48000/2" -> Codec.OPUS;
            case "red/48000/2" -> Codec.RED;
            case "vp8/90000" -> Codec.VP8;
            case "vp9/90000" -> isOneOf(parameter(parameters, "profile-id"), "", "0") ? Codec.VP9 : null;
            case "av1/90000" -> isOneOf(parameter(parameters, "profile"), "", "0") ? Codec.AV1 : null;
            // Fragments (mode 1) are what pictures larger than a packet need.
            case "h264/90000" -> parameter(parameters, "packetization-mode").equals("1") ? Codec.H264 : null;
            default -> null;
        };
    }

    private static boolean isOneOf(String value, String one, String other) {
        return value.equals(one) || value.equals(other);
    }

    /** The value of a parameter, empty when it is not there. */
    private static String parameter(String parameters, String name) {
        for (String each : parameters.split(";", -1)) {
            String text = each.strip();
            if (text.startsWith(name + "=")) {
                return text.substring(name.length() + 1);
            }
        }
        return "";
    }

    private static HashMap<Integer, String> byType(List<String> values) {
        var found = new HashMap<Integer, String>();
        for (String value : values) {
            int space = value.indexOf(' ');
            int type = space < 0 ? -1 : type(value.substring(0, space));
            if (type >= 0) {
                found.putIfAbsent(type, value.substring(space + 1).strip());
            }
        }
        return found;
    }

    private static int type(String text) {
        boolean digits = !text.isEmpty() && text.length() <= 3 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        int type = digits ? Integer.parseInt(text) : -1;
        return type < TYPES ? type : -1;
    }
}
