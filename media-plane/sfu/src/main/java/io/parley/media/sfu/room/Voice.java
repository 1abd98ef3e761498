package io.parley.media.sfu.room;

import io.parley.media.rtp.extension.AudioLevel;
import io.parley.media.sfu.audio.SpeakerDetector;

/** How loud one audio publication is, and whether it is let through. One owner. */
final class Voice {
    private static final int SILENT_PACKETS = 3;
    private static final int LEVELS = 16;
    private static final double SMOOTHING = 0.1;
    private static final double KEEP_BONUS = 6;
    /** Choices without a packet before a voice counts as gone quiet: longer than the pauses of DTX. */
    private static final int QUIET_CHOICES = 6;

    private static final double FADE = 0.5;
    /** What a packet counts as that does not say how loud it is: speech of a calm voice. */
    private static final int UNSAID_LEVEL = 50;

    private double loudness;
    private int silent;
    private int choicesWithoutPacket;
    private boolean audible = true;
    private final byte[] levels = new byte[LEVELS];
    private int levelCount;

    /** Counts a packet and answers whether it is let through. */
    boolean passes(int level) {
        choicesWithoutPacket = 0;
        loudness += SMOOTHING * (AudioLevel.SILENCE - (level < 0 ? UNSAID_LEVEL : level) - loudness);
        if (level >= 0) {
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

    /** A choice is about to be made: who has stopped sending fades, and does not hold a place for ever. */
    void beforeChoice() {
        choicesWithoutPacket++;
        if (choicesWithoutPacket > QUIET_CHOICES) {
            loudness *= FADE;
        }
    }

    void audible(boolean value) {
        audible = value;
    }

    /** Louder is more; who is let through already is not pushed out by a little. */
    double rank() {
        return loudness + (audible ? KEEP_BONUS : 0);
    }
}
