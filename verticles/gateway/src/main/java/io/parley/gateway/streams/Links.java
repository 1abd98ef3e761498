package io.parley.gateway.streams;

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

/** What a hub asks of other nodes. Every question ends within a bounded time, and any may fail. */
interface Links {
    Future<Done> interest(String owner, InterestChange change);

    Future<InterestDigestReplies> digest(String owner, InterestDigests digests);

    Future<StreamSlice> recent(String owner, StreamRead read);

    Future<StreamSlice> log(StreamRead read);

    Future<StreamHeads> heads(StreamHeadsRead read);

    Future<StreamAuthorized> authorize(StreamAuthorize question);
}
