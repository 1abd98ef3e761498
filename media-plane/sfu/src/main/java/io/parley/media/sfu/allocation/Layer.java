package io.parley.media.sfu.allocation;

/** One thing that can be forwarded of a source: its height in pixels and its measured rate, retransmissions apart. */
public record Layer(int height, long bitrateBps) {
    public Layer {
        if (height <= 0 || bitrateBps < 0) {
            throw new IllegalArgumentException("height " + height + ", bitrate " + bitrateBps);
        }
    }
}
