package io.parley.chat.domain;

/** The pause that a channel asks for between two messages of one member. */
public final class SlowMode {
    private SlowMode() {}

    /** Milliseconds to wait; 0 = send now. A clock that went back never makes anybody wait longer than the pause. */
    public static long waitMillis(int pauseSeconds, long lastSentAtMillis, long nowMillis) {
        if (pauseSeconds == 0 || lastSentAtMillis == 0) {
            return 0;
        }
        long pause = pauseSeconds * 1_000L;
        long rest = lastSentAtMillis + pause - nowMillis;
        return Math.clamp(rest, 0, pause);
    }
}
