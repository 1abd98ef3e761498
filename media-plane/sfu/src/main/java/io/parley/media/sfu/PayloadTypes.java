package io.parley.media.sfu;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the payload types of one participant's session mean, in both directions. Where a codec has several (H.264
 * profiles), the lowest is used to send.
 */
public final class PayloadTypes {
    private static final int TYPES = 128;

    private final @Nullable Codec[] codecs = new Codec[TYPES];
    private final int[] repaired = new int[TYPES];
    private final EnumMap<Codec, Integer> ofCodec = new EnumMap<>(Codec.class);
    private final EnumMap<Codec, Integer> repairOf = new EnumMap<>(Codec.class);

    /**
     * @param media payload type to codec
     * @param repair payload type of RTX to the type that it repairs ({@code apt}, RFC 4588 section 8.6)
     */
    public PayloadTypes(Map<Integer, Codec> media, Map<Integer, Integer> repair) {
        java.util.Arrays.fill(repaired, -1);
        media.forEach((type, codec) -> {
            codecs[check(type)] = codec;
            ofCodec.merge(codec, type, Math::min);
        });
        repair.forEach((type, apt) -> {
            var codec = codecs[check(apt)];
            if (codec == null) {
                throw new IllegalArgumentException("payload type " + type + " repairs " + apt + ", which is not there");
            }
            repaired[check(type)] = apt;
            if (apt.equals(ofCodec.get(codec))) {
                repairOf.put(codec, type);
            }
        });
    }

    private static int check(int type) {
        if (type < 0 || type >= TYPES) {
            throw new IllegalArgumentException("payload type " + type);
        }
        return type;
    }

    /** The codec of a payload type, or null: unknown, or RTX. */
    public @Nullable Codec codec(int type) {
        return codecs[type];
    }

    /** The payload type that RTX of {@code type} repairs, or -1 when {@code type} is no RTX. */
    public int repaired(int type) {
        return repaired[type];
    }

    /** The payload type to send {@code codec} with, or -1. */
    public int type(Codec codec) {
        var type = ofCodec.get(codec);
        return type == null ? -1 : type;
    }

    /** The payload type to send {@code codec} again with, or -1. */
    public int repairType(Codec codec) {
        var type = repairOf.get(codec);
        return type == null ? -1 : type;
    }
}
