package io.parley.media.sfu.room;

import io.parley.media.rtp.extension.AudioLevel;
import io.parley.media.sfu.audio.SpeakerDetector;

/** How loud one audio publication is, and whether it is let through. One owner. */
final class Voice {
    private static final int SILENT_PACKETS = 3;
    private static final int LEVELS = 16;
    private static final double SMOOTHING = 0.1;
    private static final double KEEP_BONUS = 6;

    private double loudness;
    private int silent;
    private boolean audible = true;
    private final byte[] levels = new byte[LEVELS];
    private int levelCount;

    /** Counts a packet and answers whether it is let through. */
    boolean passes(int level) {
        if (level >= 0) {
            loudness += SMOOTHING * (AudioLevel.SILENCE - level - loudness);
            if (levelCount < LEVELS) {
                levels[levelCount] = (byte) level;
                levelCount++;
            }
            silent = level == AudioLevel.SILENCE ? silent + 1 : 0;
        }
        return audible && silent <= SILENT_PACKETS;
    }

    /** Tells all levels since the last call; whoever listens may allocate, as this is not on the packet path. */
    void tell(String id, SpeakerDetector detector) {
        for (int i = 0; i < levelCount; i++) {
            detector.level(id, levels[i]);
        }
        levelCount = 0;
    }

    void audible(boolean value) {
        audible = value;
    }

    /** Louder is more; who is let through already is not pushed out by a little. */
    double rank() {
        return loudness + (audible ? KEEP_BONUS : 0);
    }
}
