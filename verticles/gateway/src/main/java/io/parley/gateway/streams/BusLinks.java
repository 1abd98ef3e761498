package io.parley.gateway.streams;

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
import io.vertx.core.eventbus.EventBus;
import java.time.Duration;

/** The questions as they go over the bus. */
record BusLinks(EventBus bus, Duration answer) implements Links {
    @Override
    public Future<Done> interest(String owner, InterestChange change) {
        return FanoutContracts.INTEREST.at(owner).ask(bus, change, answer);
    }

    @Override
    public Future<InterestDigestReplies> digest(String owner, InterestDigests digests) {
        return FanoutContracts.DIGEST.at(owner).ask(bus, digests, answer);
    }

    @Override
    public Future<StreamSlice> recent(String owner, StreamRead read) {
        return FanoutContracts.READ_RECENT.at(owner).ask(bus, read, answer);
    }

    @Override
    public Future<StreamSlice> log(StreamRead read) {
        return StreamContracts.READ_LOG.ask(bus, read, answer);
    }

    @Override
    public Future<StreamHeads> heads(StreamHeadsRead read) {
        return StreamContracts.HEADS.ask(bus, read, answer);
    }

    @Override
    public Future<StreamAuthorized> authorize(StreamAuthorize question) {
        return StreamContracts.AUTHORIZE_CHANNEL.ask(bus, question, answer);
    }
}
