package io.parley.gateway.streams;

import static io.parley.kernel.contract.CommandContracts.CHAT_ROLE;

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
import io.parley.schema.bus.v1.StreamRead;
import io.parley.schema.bus.v1.StreamSlice;
import io.parley.schema.v1.Done;
import io.vertx.core.Future;
import java.time.Duration;

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
        return nodes.askRole(CHAT_ROLE, StreamContracts.READ_LOG, read, answer, true);
    }

    @Override
    public Future<StreamHeads> heads(StreamHeadsRead read) {
        return nodes.askRole(CHAT_ROLE, StreamContracts.HEADS, read, answer, true);
    }

    @Override
    public Future<StreamAuthorized> authorize(StreamAuthorize question) {
        return nodes.askRole(CHAT_ROLE, StreamContracts.AUTHORIZE_CHANNEL, question, answer, true);
    }
}
