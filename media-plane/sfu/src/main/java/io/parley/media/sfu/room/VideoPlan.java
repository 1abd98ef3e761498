package io.parley.media.sfu.room;

import io.parley.media.sfu.allocation.Allocation;
import io.parley.media.sfu.allocation.Allocation.Reason;
import io.parley.media.sfu.allocation.Allocator;
import io.parley.media.sfu.allocation.Source;
import io.parley.media.sfu.allocation.Source.Attention;
import io.parley.media.sfu.ingest.Encoding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decides for one receiver which video goes into which slot and how good: asks the pure allocator and carries out what
 * it says. A source keeps its slot as long as it is shown. Runs some ten times a second at most, never per packet.
 */
final class VideoPlan {
    private static final long AGAIN_NANOS = 1_000_000_000;
    /** What is looked for beyond what is wanted: going up takes a margin, and hysteresis another. */
    private static final long ROOM_PERCENT = 130;

    private final RoomEvents events;

    /** What there is for everybody, in which order, and how much of it the node can carry. */
    record Supply(List<Publication> videos, Speakers speakers, Shedding shedding) {
        /** Says so where the node itself is why a source is not better. */
        Allocation explain(Allocation allocation, Map<String, Publication> byId) {
            var video = byId.get(allocation.id());
            boolean cut = video != null
                    && shedding.left(video).size() < video.ladder().layers().size();
            boolean unexplained = allocation.reason() == Reason.BEST || allocation.reason() == Reason.NOT_SENT;
            return cut && unexplained
                    ? new Allocation(allocation.id(), allocation.layer(), Reason.OVERLOAD, allocation.bitrateBps())
                    : allocation;
        }
    }

    VideoPlan(RoomEvents events) {
        this.events = events;
    }

    /** Thinks it over when something changed, and each second because measured rates change. */
    void update(Participant receiver, Supply supply, long audioBps, long nowNanos) {
        var controller = receiver.egress().controller();
        // What the path loses at any rate is sent twice.
        long mediaBps = (long) (controller.targetBps() * (1 - controller.inherentLoss()));
        long bps = receiver.hysteresis().settle(mediaBps, nowNanos / 1_000_000);
        boolean due = receiver.isStale()
                || bps != receiver.allocatedBps()
                || nowNanos - receiver.allocatedNanos() >= AGAIN_NANOS;
        if (!due) {
            return;
        }
        receiver.allocated(bps, nowNanos);
        var byId = new HashMap<String, Publication>();
        var sources = new ArrayList<Source>();
        for (var video : supply.videos()) {
            var codec = video.codec();
            boolean understood = codec == null || receiver.egress().format().understands(codec);
            if (video.owner() != receiver && understood) {
                byId.put(video.id(), video);
                sources.add(source(video, receiver, supply));
            }
        }
        int slots = videoSlots(receiver);
        int lastN = lastN(receiver.wishes(), sources, slots);
        var allocations = Allocator.allocate(sources, bps, audioBps, lastN).stream()
                .map(allocation -> supply.explain(allocation, byId))
                .toList();
        controller.setWanted((wantedBps(sources) + audioBps) * ROOM_PERCENT / 100);
        assign(receiver, allocations, byId, nowNanos);
        if (receiver.tell(allocations)) {
            events.onAllocation(receiver, allocations);
        }
    }

    private static Source source(Publication video, Participant receiver, Supply supply) {
        var wishes = receiver.wishes();
        int held = heldLayer(receiver, video.id());
        var id = video.id();
        int height = wishes.heights().getOrDefault(id, wishes.defaultHeight());
        var owner = video.owner();
        var layers = supply.shedding().left(video);
        int rank = supply.speakers().rank(owner);
        return new Source(id, owner.id(), layers, owner.role(), attention(video, wishes), height, rank, held);
    }

    private static int heldLayer(Participant receiver, String id) {
        for (var allocation : receiver.allocations()) {
            if (allocation.id().equals(id)) {
                return allocation.layer();
            }
        }
        return -1;
    }

    private static Attention attention(Publication video, Wishes wishes) {
        if (video.kind() == SourceKind.SCREEN) {
            return Attention.SCREEN_SHARE;
        }
        if (wishes.onStage().contains(video.id())) {
            return Attention.ON_STAGE;
        }
        return wishes.pinned().contains(video.id()) ? Attention.PINNED : Attention.NORMAL;
    }

    private static int videoSlots(Participant receiver) {
        int count = 0;
        for (var slot : receiver.slots()) {
            count += slot.options().video() ? 1 : 0;
        }
        return count;
    }

    /** What is asked for by attention takes slots first; the rest is for those who speak. */
    private static int lastN(Wishes wishes, List<Source> sources, int slots) {
        int chosen = 0;
        for (var source : sources) {
            chosen += source.attention() != Attention.NORMAL && source.viewportHeight() > 0 ? 1 : 0;
        }
        return Math.clamp(slots - chosen, 0, Math.max(0, wishes.lastN()));
    }

    private static long wantedBps(List<Source> sources) {
        long sum = 0;
        for (var source : sources) {
            var layers = source.layers();
            sum += source.viewportHeight() <= 0 || layers.isEmpty()
                    ? 0
                    : layers.getLast().bitrateBps();
        }
        return sum;
    }

    private void assign(
            Participant receiver, List<Allocation> allocations, Map<String, Publication> byId, long nowNanos) {
        var shown = new ArrayList<Publication>();
        var steps = new HashMap<Publication, Integer>();
        int slots = videoSlots(receiver);
        for (var allocation : allocations) {
            var video = byId.get(allocation.id());
            if (video != null && isShown(allocation) && shown.size() < slots) {
                shown.add(video);
                steps.put(video, allocation.layer());
            }
        }
        var waiting = new ArrayList<>(shown);
        var keeping = new HashSet<Slot>();
        for (var slot : receiver.slots()) {
            var publication = slot.publication();
            if (slot.options().video() && publication != null && waiting.remove(publication)) {
                keeping.add(slot);
            }
        }
        for (var slot : receiver.slots()) {
            if (slot.options().video() && !keeping.contains(slot)) {
                slot.assign(waiting.isEmpty() ? null : waiting.removeFirst(), nowNanos);
            }
            if (slot.options().video()) {
                select(slot, steps, nowNanos);
            }
        }
    }

    private static boolean isShown(Allocation allocation) {
        return switch (allocation.reason()) {
            case BEST, VIEWPORT, ROLE, BANDWIDTH -> true;
            case OVERLOAD -> allocation.layer() >= 0;
            case LAST_N, HIDDEN, NOT_SENT -> false;
        };
    }

    private static void select(Slot slot, Map<Publication, Integer> steps, long nowNanos) {
        var publication = slot.publication();
        int step = publication == null ? -1 : steps.getOrDefault(publication, -1);
        if (publication == null || step < 0 || publication.isMuted()) {
            slot.select(null, 0, 0, nowNanos);
            return;
        }
        var ladder = publication.ladder();
        slot.select(
                existing(publication, ladder.encodingIndex(step)),
                ladder.spatial(step),
                ladder.temporal(step),
                nowNanos);
    }

    /** The encoding at {@code index}, or the next lower one while nothing of it has come. */
    private static @Nullable Encoding existing(Publication publication, int index) {
        for (int i = index; i >= 0; i--) {
            var encoding = publication.encoding(i);
            if (encoding != null) {
                return encoding;
            }
        }
        return null;
    }
}
