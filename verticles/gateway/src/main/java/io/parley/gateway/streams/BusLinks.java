package io.parley.gateway.streams;

import static io.parley.kernel.contract.CommandContracts.CHAT_ROLE;
import static io.parley.kernel.contract.CommandContracts.SIGNALING_ROLE;

import io.parley.kernel.cluster.LiveNodes;
import io.parley.kernel.contract.StreamContracts;
import io.parley.kernel.fanout.FanoutContracts;
import io.parley.schema.bus.v1.InterestChange;
import io.parley.schema.bus.v1.InterestDigestReplies;
import io.parley.schema.bus.v1.InterestDigests;
import io.parley.schema.bus.v1.StreamAuthorize;
import io.parley.schema.bus.v1.StreamAuthorized;
import io.parley.schema.bus.v1.StreamHeads;
import io.parley.schema.bus.v1.StreamHeadsRead;
import io.parley.schema.bus.v1.StreamKey;
import io.parley.schema.bus.v1.StreamRead;
import io.parley.schema.bus.v1.StreamSlice;
import io.parley.schema.v1.Done;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Objects;

/** The questions as they go over the bus. */
record BusLinks(LiveNodes nodes, Duration answer) implements Links {
    @Override
    public Future<Done> interest(String owner, InterestChange change) {
        return nodes.ask(owner, FanoutContracts.INTEREST, change, answer);
    }

    @Override
    public Future<InterestDigestReplies> digest(String owner, InterestDigests digests) {
        return nodes.ask(owner, FanoutContracts.DIGEST, digests, answer);
    }

    @Override
    public Future<StreamSlice> recent(String owner, StreamRead read) {
        return nodes.ask(owner, FanoutContracts.READ_RECENT, read, answer);
    }

    @Override
    public Future<StreamSlice> log(StreamRead read) {
        return isCall(read.getKey().getStream())
                ? nodes.askRole(SIGNALING_ROLE, StreamContracts.READ_CALL, read, answer, true)
                : nodes.askRole(CHAT_ROLE, StreamContracts.READ_LOG, read, answer, true);
    }

    /** Each domain is asked for its own streams; what one cannot say does not keep the other's answer back. */
    @Override
    public Future<StreamHeads> heads(StreamHeadsRead read) {
        var calls = StreamHeadsRead.newBuilder();
        var others = StreamHeadsRead.newBuilder();
        for (StreamKey key : read.getKeysList()) {
            (isCall(key.getStream()) ? calls : others).addKeys(key);
        }
        if (calls.getKeysCount() == 0) {
            return nodes.askRole(CHAT_ROLE, StreamContracts.HEADS, read, answer, true);
        }
        Future<StreamHeads> rooms =
                nodes.askRole(SIGNALING_ROLE, StreamContracts.CALL_HEADS, calls.build(), answer, true);
        if (others.getKeysCount() == 0) {
            return rooms;
        }
        return Future.join(rooms, nodes.askRole(CHAT_ROLE, StreamContracts.HEADS, others.build(), answer, true))
                .transform(done -> {
                    StreamHeads.Builder all = StreamHeads.newBuilder();
                    done.result().<StreamHeads>list().stream()
                            .filter(Objects::nonNull)
                            .forEach(all::mergeFrom);
                    return Future.succeededFuture(all.build());
                });
    }

    @Override
    public Future<StreamAuthorized> authorize(StreamAuthorize question) {
        return isCall(question.getStream())
                ? nodes.askRole(SIGNALING_ROLE, StreamContracts.AUTHORIZE_CALL, question, answer, true)
                : nodes.askRole(CHAT_ROLE, StreamContracts.AUTHORIZE_CHANNEL, question, answer, true);
    }

    private static boolean isCall(String stream) {
        return stream.startsWith("call:");
    }
}
