package io.parley.media.sfu.room;

import java.util.ArrayList;
import java.util.List;

/** Who spoke, newest first: decides among equals who is seen. */
final class Speakers {
    private final List<Participant> order = new ArrayList<>();

    void add(Participant participant) {
        order.add(participant);
    }

    void remove(Participant participant) {
        order.remove(participant);
    }

    /** Puts {@code participant} first; false when they were already. */
    boolean speaks(Participant participant) {
        boolean first = !order.isEmpty() && order.getFirst().equals(participant);
        if (first || !order.remove(participant)) {
            return false;
        }
        order.addFirst(participant);
        return true;
    }

    int rank(Participant participant) {
        return order.indexOf(participant);
    }

    List<String> ids() {
        return order.stream().map(Participant::id).toList();
    }
}
