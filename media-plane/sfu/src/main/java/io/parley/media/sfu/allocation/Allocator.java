package io.parley.media.sfu.allocation;

import io.parley.media.sfu.allocation.Allocation.Reason;
import io.parley.media.sfu.allocation.Source.Attention;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Weighted water-filling over layers (R89): audio is taken off first; then every source that is shown gets its lowest
 * layer in order of attention, role and speech; then screen shares and the stage are raised to all they can use; what
 * is left raises, step by step, the source that has least for its weight. Never over budget, with one exception: who
 * comes first keeps the lowest layer, if it is small, because a picture that stands is worse than one that stutters.
 * What a receiver has not got yet must fit with a margin, so that rates which are measured anew each second do not make
 * pictures flicker. Pure.
 */
public final class Allocator {
    private static final Comparator<Source> ORDER = Comparator.comparing(Source::attention)
            .thenComparingInt(source -> source.role().priority())
            .thenComparingInt(Source::speakerRank)
            .thenComparing(Source::id);

    /** What the first source's lowest layer may cost when there is no bandwidth for it. */
    private static final long FLOOR_BPS = 200_000;

    private static final double MARGIN = 1.1;

    private Allocator() {}

    /**
     * What one receiver gets.
     *
     * @param bandwidthBps the congestion controller's target
     * @param audioBps what audio uses: goes last, so it is taken off first
     * @param lastN how many sources of normal attention are shown at most
     */
    public static List<Allocation> allocate(List<Source> sources, long bandwidthBps, long audioBps, int lastN) {
        var cells = new ArrayList<Cell>();
        var owners = new HashMap<String, Budget>();
        int normal = 0;
        for (var source : sources.stream().sorted(ORDER).toList()) {
            boolean counts = source.attention() == Attention.NORMAL && source.viewportHeight() > 0;
            normal += counts ? 1 : 0;
            var budget = owners.computeIfAbsent(
                    source.owner(), _ -> new Budget(source.role().maxBps()));
            cells.add(new Cell(source, budget, counts && normal > lastN));
        }
        long left = Math.max(0, bandwidthBps - audioBps);
        var first = cells.stream().filter(cell -> cell.top >= 0).findFirst();
        for (var cell : cells) {
            boolean keeps = first.isPresent() && cell.equals(first.get()) && cell.cost(0) <= FLOOR_BPS;
            left = Math.max(0, left - (keeps ? cell.take() : cell.raise(left)));
        }
        for (var cell : cells) {
            while (cell.source.attention().compareTo(Attention.ON_STAGE) <= 0 && cell.canRaise(left)) {
                left -= cell.raise(left);
            }
        }
        fill(cells, left);
        return cells.stream().map(Cell::answer).toList();
    }

    private static void fill(List<Cell> cells, long bandwidthBps) {
        long left = bandwidthBps;
        while (true) {
            long room = left;
            var next =
                    cells.stream().filter(cell -> cell.canRaise(room)).min(Comparator.comparingDouble(Cell::fullness));
            if (next.isEmpty()) {
                return;
            }
            left -= next.get().raise(left);
        }
    }

    /** The highest layer of each source that any receiver was given: the publisher need not encode more. */
    public static Map<String, Integer> neededLayers(List<List<Allocation>> receivers) {
        var needed = new HashMap<String, Integer>();
        for (var receiver : receivers) {
            for (var allocation : receiver) {
                needed.merge(allocation.id(), allocation.layer(), Math::max);
            }
        }
        return Map.copyOf(needed);
    }

    /** What a publisher may still use. */
    private static final class Budget {
        private long leftBps;

        Budget(long leftBps) {
            this.leftBps = leftBps;
        }
    }

    private static final class Cell {
        final Source source;
        private final Budget budget;
        private final Reason limit;
        private final int top;
        private int layer = -1;

        Cell(Source source, Budget budget, boolean beyondLastN) {
            this.source = source;
            this.budget = budget;
            if (source.layers().isEmpty()) {
                top = -1;
                limit = Reason.NOT_SENT;
            } else if (source.viewportHeight() <= 0) {
                top = -1;
                limit = Reason.HIDDEN;
            } else if (beyondLastN) {
                top = -1;
                limit = Reason.LAST_N;
            } else {
                top = topForViewport();
                limit = top == source.layers().size() - 1 ? Reason.BEST : Reason.VIEWPORT;
            }
        }

        /** The best layer of the first size that is at least as high as it is shown. */
        private int topForViewport() {
            int index = 0;
            while (index < source.layers().size() - 1
                    && source.layers().get(index).height() < source.viewportHeight()) {
                index++;
            }
            int height = source.layers().get(index).height();
            while (index < source.layers().size() - 1
                    && source.layers().get(index + 1).height() == height) {
                index++;
            }
            return index;
        }

        private long cost(int index) {
            return index < 0 ? 0 : source.layers().get(index).bitrateBps();
        }

        boolean canRaise(long leftBps) {
            return layer < top && !isAtRoleLimit() && price(layer + 1) - cost(layer) <= leftBps;
        }

        private double price(int index) {
            return index > source.held() && source.held() >= 0 ? MARGIN * cost(index) : cost(index);
        }

        /** The lowest layer is not a question of the role. */
        private boolean isAtRoleLimit() {
            return layer >= 0 && layer < top && cost(layer + 1) - cost(layer) > budget.leftBps;
        }

        /** One layer up when it fits; answers what that costs. */
        long raise(long leftBps) {
            return canRaise(leftBps) ? take() : 0;
        }

        long take() {
            layer++;
            long cost = cost(layer) - cost(layer - 1);
            budget.leftBps -= cost;
            return cost;
        }

        double fullness() {
            return (double) cost(layer) / source.role().weight();
        }

        Allocation answer() {
            var reason = isAtRoleLimit() ? Reason.ROLE : Reason.BANDWIDTH;
            return new Allocation(source.id(), layer, layer < top ? reason : limit, cost(layer));
        }
    }
}
