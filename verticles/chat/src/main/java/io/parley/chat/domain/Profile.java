package io.parley.chat.domain;

/** A user as others see them. {@code custom} is an encoded struct, or empty; it is never changed in place. */
@SuppressWarnings("ArrayRecordComponent") // opaque bytes on their way from the store to the wire; never compared
public record Profile(String id, String name, String imageUrl, boolean guest, byte[] custom, long createdAtMillis) {}
