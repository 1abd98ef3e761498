package io.parley.chat.domain;

/** What is behind a read marker. {@code firstOffset} is 0 when nothing is. */
public record Unread(long messages, long mentions, long firstOffset) {
    public static final Unread NONE = new Unread(0, 0, 0);
}
