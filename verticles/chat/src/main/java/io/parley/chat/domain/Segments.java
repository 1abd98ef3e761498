package io.parley.chat.domain;

import java.util.List;

/** Which months hold which offsets of one channel: months ascending, with the first offset of each. */
public record Segments(List<Segment> ascending) {
    public record Segment(int month, long firstOffset) {}

    public Segments {
        ascending = List.copyOf(ascending);
    }

    /** Offsets below this are gone (archived), or never were. */
    public long firstOffset() {
        return ascending.isEmpty() ? Long.MAX_VALUE : ascending.getFirst().firstOffset();
    }

    public int firstMonth() {
        return ascending.isEmpty() ? 0 : ascending.getFirst().month();
    }

    public int lastMonth() {
        return ascending.isEmpty() ? 0 : ascending.getLast().month();
    }

    /** The month that holds {@code offset}; the first or last one when it lies outside. */
    public int monthOf(long offset) {
        for (int i = ascending.size() - 1; i >= 0; i--) {
            if (ascending.get(i).firstOffset() <= offset) {
                return ascending.get(i).month();
            }
        }
        return firstMonth();
    }
}
