package io.parley.media.node;

import io.parley.media.sfu.room.Shedding;
import java.util.List;

/**
 * How much video a node holds back, by how busy its busiest shard is, asked once a second. One step more when that is
 * above 90 % for 2 s, one less when it is below 70 % for 5 s. One owner.
 */
final class Overload {
    private static final double HIGH = 0.9;
    private static final double LOW = 0.7;
    private static final int RAISE_AFTER = 2;
    private static final int LOWER_AFTER = 5;

    private static final List<Shedding> LEVELS =
            List.of(Shedding.NONE, Shedding.HIGH_LAYERS, Shedding.ALL_BUT_LOWEST, Shedding.VIDEO);

    private int level;
    private int above;
    private int below;

    Shedding after(double busiest) {
        above = busiest > HIGH ? above + 1 : 0;
        below = busiest < LOW ? below + 1 : 0;
        if (above == RAISE_AFTER) {
            level = Math.min(level + 1, LEVELS.size() - 1);
            above = 0;
        }
        if (below == LOWER_AFTER) {
            level = Math.max(level - 1, 0);
            below = 0;
        }
        return LEVELS.get(level);
    }
}
