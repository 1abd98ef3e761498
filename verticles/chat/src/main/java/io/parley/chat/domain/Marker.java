package io.parley.chat.domain;

/** How far a member has read and received, and when they last sent (0 = never). */
public record Marker(long readOffset, long deliveredOffset, long lastSentAtMillis) {
    public static final Marker NONE = new Marker(0, 0, 0);

    /** Reading moves forward only; 0 stands for the head. What was read was received. */
    public Marker read(long offset, long head) {
        long upTo = offset == 0 ? head : Math.min(offset, head);
        long read = Math.max(readOffset, upTo);
        return new Marker(read, Math.max(deliveredOffset, read), lastSentAtMillis);
    }

    /** Just before {@code offset}; never forward. */
    public Marker unread(long offset) {
        return new Marker(Math.min(readOffset, offset - 1), deliveredOffset, lastSentAtMillis);
    }

    public Marker delivered(long offset, long head) {
        return new Marker(readOffset, Math.max(deliveredOffset, Math.min(offset, head)), lastSentAtMillis);
    }

    /** Who sends has read what came before. */
    public Marker sent(long offset, long nowMillis) {
        return new Marker(Math.max(readOffset, offset), Math.max(deliveredOffset, offset), nowMillis);
    }
}
