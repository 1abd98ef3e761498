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
 * is left raises, step by step, the source that has least for its weight. Never over budget. Pure.
 */
public final class Allocator {
    private static final Comparator<Source> ORDER = Comparator.comparing(Source::attention)
            .thenComparingInt(source -> source.role().priority())
            .thenComparingInt(Source::speakerRank)
            .thenComparing(Source::id);

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
        int normal = 0;
        for (var source : sources.stream().sorted(ORDER).toList()) {
            boolean counts = source.attention() == Attention.NORMAL && source.viewportHeight() > 0;
            normal += counts ? 1 : 0;
            cells.add(new Cell(source, counts && normal > lastN));
        }
        long left = Math.max(0, bandwidthBps - audioBps);
        for (var cell : cells) {
            left -= cell.raise(left);
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

    private static final class Cell {
        final Source source;
        private final Reason limit;
        private final int top;
        private int layer = -1;

        Cell(Source source, boolean beyondLastN) {
            this.source = source;
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
                int byViewport = topForViewport();
                int byRole = byViewport;
                while (byRole > 0
                        && source.layers().get(byRole).bitrateBps()
                                > source.role().maxBps()) {
                    byRole--;
                }
                top = byRole;
                boolean whole = byViewport == source.layers().size() - 1;
                limit = byRole < byViewport ? Reason.ROLE : whole ? Reason.BEST : Reason.VIEWPORT;
            }
        }

        /** The first layer that is at least as high as it is shown. */
        private int topForViewport() {
            int index = 0;
            while (index < source.layers().size() - 1
                    && source.layers().get(index).height() < source.viewportHeight()) {
                index++;
            }
            return index;
        }

        private long cost(int index) {
            return index < 0 ? 0 : source.layers().get(index).bitrateBps();
        }

        boolean canRaise(long leftBps) {
            return layer < top && cost(layer + 1) - cost(layer) <= leftBps;
        }

        /** One layer up when it fits; answers what that costs. */
        long raise(long leftBps) {
            if (!canRaise(leftBps)) {
                return 0;
            }
            layer++;
            return cost(layer) - cost(layer - 1);
        }

        double fullness() {
            return (double) cost(layer) / source.role().weight();
        }

        Allocation answer() {
            return new Allocation(source.id(), layer, layer < top ? Reason.BANDWIDTH : limit, cost(layer));
        }
    }
}
