package io.parley.media.sfu.allocation;

import java.util.List;

/**
 * A video source as one receiver wants it.
 *
 * @param id unique in the room
 * @param owner the publisher: all sources of one share the bandwidth of their role
 * @param layers what the publisher sends now, lowest first; empty while nothing arrives
 * @param role of the publisher
 * @param attention what the receiver does with it
 * @param viewportHeight pixels it is shown at; 0 hides it
 * @param speakerRank 0 spoke last; decides among equals
 * @param held the layer that the receiver has now, -1 for none: to go above it takes a little more than it costs
 */
public record Source(
        String id,
        String owner,
        List<Layer> layers,
        Role role,
        Attention attention,
        int viewportHeight,
        int speakerRank,
        int held) {
    /** Ordered by who goes first. */
    public enum Attention {
        SCREEN_SHARE,
        ON_STAGE,
        PINNED,
        NORMAL
    }

    public Source {
        layers = List.copyOf(layers);
    }
}
