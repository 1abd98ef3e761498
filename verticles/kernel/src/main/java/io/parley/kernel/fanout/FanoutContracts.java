package io.parley.kernel.fanout;

import io.parley.kernel.bus.Notice;
import io.parley.kernel.bus.Request;
import io.parley.schema.StreamId;
import io.parley.schema.bus.v1.InterestChange;
import io.parley.schema.bus.v1.InterestDigestReplies;
import io.parley.schema.bus.v1.InterestDigests;
import io.parley.schema.bus.v1.Publications;
import io.parley.schema.bus.v1.StreamKey;
import io.parley.schema.bus.v1.StreamRead;
import io.parley.schema.bus.v1.StreamSlice;
import io.parley.schema.v1.Done;

/**
 * How publishers, owners of shards and gateways talk. Every address is one node's own ({@code .at(nodeId)}), so the
 * number of clustered consumers depends on the number of nodes and on nothing else.
 */
public final class FanoutContracts {
    /** The role whose nodes own shards. */
    public static final String OWNER_ROLE = "fanout";

    /** From a publisher to the owner of the streams' shards. */
    public static final Notice<Publications> TAKE =
            new Notice<>("fanout.publications.take", Publications.getDefaultInstance());

    /** From an owner to a gateway node with interest in the streams. */
    public static final Notice<Publications> DELIVER =
            new Notice<>("gateway.publications.deliver", Publications.getDefaultInstance());

    /** From a gateway node to an owner. Answered when events from now on will be forwarded. */
    public static final Request<InterestChange, Done> INTEREST =
            new Request<>("fanout.interest.change", InterestChange.getDefaultInstance(), Done.getDefaultInstance());

    /** From a gateway node to an owner, again and again. */
    public static final Request<InterestDigests, InterestDigestReplies> DIGEST = new Request<>(
            "fanout.interest.digest", InterestDigests.getDefaultInstance(), InterestDigestReplies.getDefaultInstance());

    /** Reads an owner's recent events; {@code known} is false when only the log can tell. */
    public static final Request<StreamRead, StreamSlice> READ_RECENT =
            new Request<>("fanout.stream.read", StreamRead.getDefaultInstance(), StreamSlice.getDefaultInstance());

    private FanoutContracts() {}

    public static StreamId streamOf(StreamKey key) {
        return new StreamId(key.getTenant(), key.getStream());
    }

    public static StreamKey keyOf(StreamId stream) {
        return StreamKey.newBuilder()
                .setTenant(stream.tenant())
                .setStream(stream.stream())
                .build();
    }
}
