package io.parley.gateway.streams;

import static io.parley.kernel.fanout.FanoutContracts.keyOf;

import io.parley.kernel.fanout.ShardMap;
import io.parley.schema.Limits;
import io.parley.schema.bus.v1.InterestChange;
import io.parley.schema.bus.v1.InterestDigest;
import io.parley.schema.bus.v1.InterestDigestReplies;
import io.parley.schema.bus.v1.InterestDigestReply;
import io.parley.schema.bus.v1.InterestDigests;
import io.parley.schema.bus.v1.StreamHead;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells owners what this node wants to hear: changes at once and in batches, everything again and again as one hash per
 * shard, and in full where the hash differs or the owner is new. Owned by the hub.
 */
final class Interests {
    /** This node's interest in one shard; the hash is the exclusive or of the streams' hashes. */
    private static final class Shard {
        private final Set<LocalStream> streams = new LinkedHashSet<>();
        private long hash;
    }

    private record Wave(InterestChange.Builder change, List<Promise<Void>> promises) {}

    private final String nodeId;
    private final Links links;
    private final Consumer<Runnable> endOfTurn;
    private final Consumer<StreamHead> head;
    private final Map<Integer, Shard> shards = new HashMap<>();
    private final Map<LocalStream, Future<Void>> announced = new HashMap<>();
    /** Changes of this turn by owner. */
    private final Map<String, Wave> waves = new LinkedHashMap<>();

    private ShardMap owners = ShardMap.EMPTY;

    Interests(String nodeId, Links links, Consumer<Runnable> endOfTurn, Consumer<StreamHead> head) {
        this.nodeId = nodeId;
        this.links = links;
        this.endOfTurn = endOfTurn;
        this.head = head;
    }

    /**
     * Completes when the owner forwards the stream's events to this node. Never fails: an owner that does not answer
     * learns of the interest by a digest, and what is missed until then is read from the log.
     */
    Future<Void> ensure(LocalStream stream) {
        Future<Void> known = announced.get(stream);
        if (known != null) {
            return known;
        }
        Shard shard = shards.computeIfAbsent(stream.shard(), _ -> new Shard());
        shard.streams.add(stream);
        shard.hash ^= stream.id().stableHash();
        Promise<Void> promise = Promise.promise();
        announced.put(stream, promise.future());
        owners.owner(stream.shard())
                .ifPresentOrElse(
                        owner -> {
                            Wave wave = wave(owner);
                            wave.change().addAdded(keyOf(stream.id()));
                            wave.promises().add(promise);
                        },
                        promise::complete);
        return promise.future();
    }

    void withdraw(LocalStream stream) {
        Shard shard = shards.get(stream.shard());
        if (announced.remove(stream) == null || shard == null) {
            return;
        }
        shard.streams.remove(stream);
        shard.hash ^= stream.id().stableHash();
        if (shard.streams.isEmpty()) {
            shards.remove(stream.shard());
        }
        owners.owner(stream.shard()).ifPresent(owner -> wave(owner).change().addRemoved(keyOf(stream.id())));
    }

    private Wave wave(String owner) {
        if (waves.isEmpty()) {
            endOfTurn.accept(this::sendWaves);
        }
        return waves.computeIfAbsent(
                owner, _ -> new Wave(InterestChange.newBuilder().setNodeId(nodeId), new ArrayList<>()));
    }

    private void sendWaves() {
        Map<String, Wave> ready = new LinkedHashMap<>(waves);
        waves.clear();
        ready.forEach((owner, wave) ->
                links.interest(owner, wave.change().build()).onComplete(_ -> complete(wave), _ -> complete(wave)));
    }

    private static void complete(Wave wave) {
        wave.promises().forEach(promise -> promise.tryComplete());
    }

    /** Gives the streams whose shard has another owner now; the new owner is told of them at once. */
    List<LocalStream> ownersAre(ShardMap next) {
        ShardMap before = owners;
        owners = next;
        List<Integer> moved = shards.keySet().stream()
                .filter(shard -> !before.owner(shard).equals(next.owner(shard)))
                .toList();
        sendDigests(moved, true);
        return moved.stream()
                .flatMap(shard -> Objects.requireNonNull(shards.get(shard)).streams.stream())
                .toList();
    }

    void digestAll() {
        sendDigests(List.copyOf(shards.keySet()), false);
    }

    private void sendDigests(Collection<Integer> of, boolean full) {
        Map<String, InterestDigests.Builder> perOwner = new HashMap<>();
        for (int number : of) {
            Shard shard = shards.get(number);
            String owner = owners.owner(number).orElse(null);
            if (shard == null || owner == null) {
                continue;
            }
            InterestDigests.Builder digests = perOwner.computeIfAbsent(
                    owner, _ -> InterestDigests.newBuilder().setNodeId(nodeId));
            digests.addItems(digest(number, shard, full));
            if (full && digests.getItemsCount() >= Limits.FULL_DIGESTS_PER_MESSAGE_MAX) {
                send(owner, digests.build());
                perOwner.remove(owner);
            }
        }
        perOwner.forEach((owner, digests) -> send(owner, digests.build()));
    }

    private static InterestDigest digest(int number, Shard shard, boolean full) {
        InterestDigest.Builder digest =
                InterestDigest.newBuilder().setShard(number).setHash(shard.hash).setFull(full);
        if (full) {
            shard.streams.forEach(
                    stream -> digest.addHeads(StreamHead.newBuilder().setKey(keyOf(stream.id()))));
        }
        return digest.build();
    }

    /** An unanswered digest is no matter: the next one is on its way. */
    private void send(String owner, InterestDigests digests) {
        links.digest(owner, digests).onSuccess(this::answered);
    }

    private void answered(InterestDigestReplies replies) {
        List<Integer> wanted = replies.getItemsList().stream()
                .filter(InterestDigestReply::getWantFull)
                .map(InterestDigestReply::getShard)
                .toList();
        sendDigests(wanted, true);
        replies.getItemsList().forEach(reply -> reply.getAheadList().forEach(head));
    }

    ShardMap owners() {
        return owners;
    }
}
