package io.parley.media.sfu.forward;

import io.parley.media.rtp.extension.ExtensionKind;
import io.parley.media.rtp.extension.ExtensionMap;
import io.parley.media.sfu.Codec;
import io.parley.media.sfu.PayloadTypes;
import java.util.Map;

/** What one receiver negotiated, as tables that the packet path looks things up in. */
public final class ReceiveFormat {
    /** That of a receiver who understands nothing. */
    static final ReceiveFormat NOTHING =
            new ReceiveFormat(new PayloadTypes(Map.of(), Map.of()), new ExtensionMap(Map.of()));

    private static final int ONE_BYTE_ID_MAX = 14;

    private final int[] extensionIds = new int[ExtensionKind.values().length];
    private final int[] types = new int[Codec.values().length];
    private final int[] repairTypes = new int[Codec.values().length];
    private final boolean twoByte;

    public ReceiveFormat(PayloadTypes payloadTypes, ExtensionMap extensions) {
        boolean wide = false;
        for (var kind : ExtensionKind.values()) {
            extensionIds[kind.index()] = extensions.id(kind);
            wide |= extensions.id(kind) > ONE_BYTE_ID_MAX;
        }
        for (var codec : Codec.values()) {
            types[codec.index()] = payloadTypes.type(codec);
            repairTypes[codec.index()] = payloadTypes.repairType(codec);
        }
        twoByte = wide;
    }

    /** The receiver's id of an extension, 0 when it has none. */
    public int extensionId(ExtensionKind kind) {
        return extensionIds[kind.index()];
    }

    int extensionId(int kindOrdinal) {
        return extensionIds[kindOrdinal];
    }

    /** The receiver's payload type of a codec, -1 when it does not know it. */
    public int type(Codec codec) {
        return types[codec.index()];
    }

    /** The receiver's payload type for packets of {@code codec} that are sent again, -1 when there is none. */
    public int repairType(Codec codec) {
        return repairTypes[codec.index()];
    }

    /** A payload type for retransmissions of any codec: what only probes may be sent with it. Or -1. */
    int anyRepairType() {
        for (int type : repairTypes) {
            if (type >= 0) {
                return type;
            }
        }
        return -1;
    }

    /** Whether the receiver can be given what is published as {@code codec}. */
    public boolean understands(Codec codec) {
        return type(codec) >= 0 || (codec == Codec.RED && type(Codec.OPUS) >= 0);
    }

    /** Whether ids need the two-byte form (RFC 8285 section 4.3). */
    boolean isTwoByte() {
        return twoByte;
    }

    /**
     * Whether the same packet is always the same bytes, because nothing in it tells when it was sent: only then may it
     * be sent twice under one number.
     */
    public boolean isTimeless() {
        return extensionId(ExtensionKind.TRANSPORT_SEQUENCE) == 0 && extensionId(ExtensionKind.ABS_SEND_TIME) == 0;
    }
}
