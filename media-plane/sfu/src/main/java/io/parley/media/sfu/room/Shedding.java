package io.parley.media.sfu.room;

import io.parley.media.sfu.allocation.Layer;
import java.util.List;

/** How much video a node that has too much to do still carries; audio always. Screen shares keep one step more. */
public enum Shedding {
    NONE,
    /** The largest size of each camera is held back. */
    HIGH_LAYERS,
    /** Cameras have their lowest layer only. */
    ALL_BUT_LOWEST,
    /** Only the lowest layer of screen shares is left of video. */
    VIDEO;

    /** What is left of a publication's layers. */
    List<Layer> left(Publication video) {
        var layers = video.ladder().layers();
        boolean screen = video.kind() == SourceKind.SCREEN;
        int keep = switch (this) {
            case NONE -> layers.size();
            case HIGH_LAYERS -> screen ? layers.size() : Math.max(1, layers.size() - 1);
            case ALL_BUT_LOWEST -> screen ? Math.max(1, layers.size() - 1) : 1;
            case VIDEO -> screen ? 1 : 0;
        };
        return layers.subList(0, Math.min(keep, layers.size()));
    }
}
