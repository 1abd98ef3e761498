package io.parley.media.rtp.dependency;

/**
 * Decode target indications: what a frame is to a decode target (RTP Payload Format for AV1 appendix A.4 and A.8.3).
 */
public final class Indication {
    /** The target does not need the frame (appendix A.4). */
    public static final int NOT_PRESENT = 0;

    /** The target has the frame and no later frame of the target refers to it (appendix A.4). */
    public static final int DISCARDABLE = 1;

    /** From this frame on the target can be decoded: a receiver may switch to it here (appendix A.4). */
    public static final int SWITCH = 2;

    /** The target needs the frame (appendix A.4). */
    public static final int REQUIRED = 3;

    private Indication() {}
}
