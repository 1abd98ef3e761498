package io.parley.media.sfu.room;

import java.util.Map;
import java.util.Set;

/**
 * What one participant wants to see. Publications are named by id; ids that are not there are no error.
 *
 * @param onStage shown large: raised first
 * @param pinned kept in view whoever speaks
 * @param heights pixels that a publication is shown at; 0 hides it
 * @param defaultHeight for those that {@code heights} does not name
 * @param lastN how many cameras at most that are neither on stage nor pinned
 * @param audio whether to be sent audio
 */
public record Wishes(
        Set<String> onStage,
        Set<String> pinned,
        Map<String, Integer> heights,
        int defaultHeight,
        int lastN,
        boolean audio) {
    /** Everything as good as it is published. */
    public static final Wishes DEFAULT = new Wishes(Set.of(), Set.of(), Map.of(), 2_160, Integer.MAX_VALUE, true);

    public Wishes {
        onStage = Set.copyOf(onStage);
        pinned = Set.copyOf(pinned);
        heights = Map.copyOf(heights);
    }
}
