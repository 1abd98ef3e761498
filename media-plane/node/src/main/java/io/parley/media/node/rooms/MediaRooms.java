package io.parley.media.node.rooms;

import io.parley.media.node.sdp.Offer;
import io.parley.media.sfu.room.RoomSnapshot;
import io.parley.media.sfu.room.Shedding;
import io.parley.media.sfu.room.Wishes;
import io.parley.media.transport.MediaTransport;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/**
 * All rooms of one node. Methods may be called by any thread; what they answer completes on the thread of the room's
 * shard, so continue elsewhere with what takes time. A failed future carries {@code InvalidOfferException} for an offer
 * that cannot be answered, {@link IllegalArgumentException} for a name that is taken or not there, and
 * {@link IllegalStateException} when there is no room for more.
 */
public final class MediaRooms {
    private final List<RoomShard> shards = new ArrayList<>();

    /** {@code wallMillis} is the time of day, for the times in sender reports. */
    public MediaRooms(MediaTransport transport, SecureRandom random, LongSupplier wallMillis, RoomListener listener) {
        for (var shard : transport.shards()) {
            shards.add(new RoomShard(transport, shard, random, wallMillis, listener));
        }
        shards.forEach(RoomShard::start);
    }

    /** Lets a participant in, into a room that is made when it is not there; answers our session description. */
    public CompletableFuture<String> join(Joining joining) {
        try {
            var offer = Offer.parse(joining.offer());
            return shardOf(joining.room()).run(shard -> shard.join(joining, offer));
        } catch (IllegalArgumentException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /**
     * Restarts ICE by a new offer with the sections of the first one: the participant stays, media flows on the old
     * path until the new one is proven. Answers our new session description.
     */
    public CompletableFuture<String> restart(String room, String participant, String offerText) {
        try {
            var offer = Offer.parse(offerText);
            return shardOf(room).run(shard -> shard.member(room, participant).restart(offer));
        } catch (IllegalArgumentException refused) {
            return CompletableFuture.failedFuture(refused);
        }
    }

    /** Takes a participant out. Answers whether they were there; a room without participants ends. */
    public CompletableFuture<Boolean> leave(String room, String participant) {
        return shardOf(room).run(shard -> shard.leave(room, participant));
    }

    /** What a participant wants to see from now on. */
    public CompletableFuture<Boolean> wish(String room, String participant, Wishes wishes) {
        return shardOf(room).run(shard -> shard.wish(room, participant, wishes));
    }

    /** Who is in a room, in the order of joining; empty when there is no such room. */
    public CompletableFuture<List<String>> participants(String room) {
        return shardOf(room).run(shard -> shard.participants(room));
    }

    /** Everybody in all rooms. */
    public CompletableFuture<List<Session>> sessions() {
        return all(RoomShard::sessions);
    }

    /** Ends a room for everybody in it. Answers whether there was one. */
    public CompletableFuture<Boolean> close(String room) {
        return shardOf(room).run(shard -> shard.close(room));
    }

    /** What an operator may want to know of a room; empty when there is no such room. */
    public CompletableFuture<Optional<RoomSnapshot>> snapshot(String room) {
        return shardOf(room).run(shard -> shard.snapshot(room));
    }

    /** What an operator may want to know of all rooms. */
    public CompletableFuture<List<RoomSnapshot>> snapshots() {
        return all(RoomShard::snapshots);
    }

    /** Holds video back in all rooms, and in those to come, until another level is set. */
    public void shed(Shedding level, String reason) {
        shards.forEach(shard -> {
            var _ = shard.run(each -> each.shed(level, reason));
        });
    }

    /** Sums over all rooms since the start. */
    public CompletableFuture<RoomSnapshot.Totals> totals() {
        return all(shard -> List.of(shard.totals()))
                .thenApply(each -> each.stream().reduce(RoomSnapshot.Totals.NONE, RoomSnapshot.Totals::plus));
    }

    /** Begins to keep a participant's packets. Answers whether they are there. */
    public CompletableFuture<Boolean> capture(String room, String participant, Capture capture) {
        return shardOf(room).run(shard -> shard.capture(room, participant, capture));
    }

    /** Ends a capture, also of a participant who has gone; answers the file. */
    public CompletableFuture<byte[]> endCapture(String room, String participant, Capture capture) {
        return shardOf(room).run(shard -> shard.endCapture(room, participant, capture));
    }

    /** How many participants are in all rooms, as of a moment ago. */
    public int participantCount() {
        return shards.stream().mapToInt(RoomShard::participantCount).sum();
    }

    /** How many rooms there are, as of a moment ago. */
    public int roomCount() {
        return shards.stream().mapToInt(RoomShard::roomCount).sum();
    }

    private <T> CompletableFuture<List<T>> all(Function<RoomShard, List<T>> question) {
        var gathered = CompletableFuture.completedFuture(List.<T>of());
        for (var shard : shards) {
            gathered = gathered.thenCombine(
                    shard.run(question),
                    (before, more) ->
                            Stream.concat(before.stream(), more.stream()).toList());
        }
        return gathered;
    }

    private RoomShard shardOf(String room) {
        return shards.get(Math.floorMod(room.hashCode(), shards.size()));
    }
}
