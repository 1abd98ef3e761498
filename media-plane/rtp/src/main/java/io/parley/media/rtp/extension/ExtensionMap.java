package io.parley.media.rtp.extension;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which id stands for which kind in one session (RFC 8285 section 5): negotiated once, then only looked up. */
public final class ExtensionMap {
    private static final int IDS = 256;

    private final EnumMap<ExtensionKind, Integer> idOfKind = new EnumMap<>(ExtensionKind.class);
    private final @Nullable ExtensionKind[] kindOfId = new ExtensionKind[IDS];

    /** {@code ids} lie in 1 to 255 without 15, each used once (RFC 8285 sections 4.2, 4.3 and 5). */
    public ExtensionMap(Map<ExtensionKind, Integer> ids) {
        ids.forEach((kind, id) -> {
            if (id < 1 || id >= IDS || id == 15 || kindOfId[id] != null) {
                throw new IllegalArgumentException("extension id " + id + " of " + kind);
            }
            idOfKind.put(kind, id);
            kindOfId[id] = kind;
        });
    }

    /** The id of {@code kind}, or 0 when it is not negotiated; 0 is never found in a packet (RFC 8285 section 5). */
    public int id(ExtensionKind kind) {
        Integer id = idOfKind.get(kind);
        return id == null ? 0 : id;
    }

    /** What {@code id} (0 to 255) stands for, or null (RFC 8285 section 5). */
    public @Nullable ExtensionKind kind(int id) {
        return kindOfId[id];
    }

    /** Where the value of {@code kind} begins if the packet has it with at least {@code bytes} bytes, else -1. */
    public int find(HeaderExtensions extensions, ExtensionKind kind, int bytes) {
        int id = id(kind);
        return id == 0 ? -1 : extensions.find(id, bytes);
    }
}
