package io.parley.media.transport.loop;

import io.parley.media.transport.Limits;
import io.parley.media.transport.engine.RemotePath;
import io.parley.media.transport.memory.PacketOrigin;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The ways to one peer that valid checks have proven, and the one in use. One owner. */
final class Paths {
    private final List<RemotePath> known = new ArrayList<>();
    private @Nullable RemotePath selected;

    /** The known path that {@code origin} is on, or null. */
    @Nullable
    RemotePath find(PacketOrigin origin) {
        for (int i = 0; i < known.size(); i++) {
            if (known.get(i).isFrom(origin)) {
                return known.get(i);
            }
        }
        return null;
    }

    /** Adds a path; returns the one that had to go for it, the oldest not in use, or null. */
    @Nullable
    RemotePath add(RemotePath path) {
        known.add(path);
        if (known.size() <= Limits.PATHS_PER_PEER) {
            return null;
        }
        return known.remove(known.get(0) == selected ? 1 : 0);
    }

    /** Uses {@code path} from now on; whether that is a change from another. */
    boolean select(RemotePath path) {
        boolean moved = selected != null && selected != path;
        selected = path;
        return moved;
    }

    @Nullable
    RemotePath selected() {
        return selected;
    }

    /** The path in use; before a nomination, the newest one. */
    @Nullable
    RemotePath usable() {
        return selected != null || known.isEmpty() ? selected : known.getLast();
    }

    List<RemotePath> all() {
        return List.copyOf(known);
    }
}
