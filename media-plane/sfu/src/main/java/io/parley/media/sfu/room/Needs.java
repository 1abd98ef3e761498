package io.parley.media.sfu.room;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which sizes of each video publication somebody gets or would get: told to the publisher, so that what nobody needs is
 * not even encoded. More is told at once, less when it has held for 3 s.
 */
final class Needs {
    private static final long HOLD_NANOS = 3_000_000_000L;

    private final RoomEvents events;
    private final Map<String, Long> lessSince = new HashMap<>();

    Needs(RoomEvents events) {
        this.events = events;
    }

    void tell(List<Publication> videos, Participant[] receivers, long nowNanos) {
        var tops = new HashMap<String, Integer>();
        for (var receiver : receivers) {
            for (var allocation : receiver.allocations()) {
                tops.merge(allocation.id(), allocation.layer(), Math::max);
            }
        }
        for (var video : videos) {
            int step = tops.getOrDefault(video.id(), -1);
            tell(video, video.ladder().size(step), nowNanos);
        }
        lessSince.keySet().retainAll(videos.stream().map(Publication::id).toList());
    }

    private void tell(Publication video, int top, long nowNanos) {
        int told = video.ladder().toldTop();
        if (top >= told) {
            lessSince.remove(video.id());
        }
        boolean wasted = video.ladder().aliveTop(nowNanos) > top;
        boolean less =
                wasted && top < told && nowNanos - lessSince.computeIfAbsent(video.id(), _ -> nowNanos) >= HOLD_NANOS;
        if (top > told || less) {
            lessSince.remove(video.id());
            video.ladder().told(top, nowNanos);
            events.onNeeded(video, top);
        }
    }
}
