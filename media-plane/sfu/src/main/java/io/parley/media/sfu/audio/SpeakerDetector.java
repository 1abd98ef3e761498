package io.parley.media.sfu.audio;

import java.util.function.Consumer;
import org.jitsi.utils.dsi.DominantSpeakerIdentification;

/**
 * Finds the dominant speaker of a room from audio levels, as people would say it: a cough or an "mhm" does not change
 * it. One owner; it decides in {@link #tick}, on the caller's thread.
 */
public final class SpeakerDetector {
    private static final int SILENCE = 127;

    private final TickClock clock = new TickClock();
    private final TickScheduler scheduler = new TickScheduler(clock);
    private final DominantSpeakerIdentification<String> identification =
            new DominantSpeakerIdentification<>(clock, scheduler);

    /** {@code listener} is told the id of each new dominant speaker, from within {@link #tick}. */
    public SpeakerDetector(Consumer<String> listener) {
        identification.addActiveSpeakerChangedListener(listener::accept);
    }

    /** One packet's level of {@code id}: 0 is the loudest, 127 is silence (RFC 6464). */
    public void level(String id, int level) {
        identification.levelChanged(id, SILENCE - level);
    }

    /** Decides what is due by {@code nowNanos}. */
    public void tick(long nowNanos) {
        clock.set(nowNanos);
        scheduler.run();
    }
}
