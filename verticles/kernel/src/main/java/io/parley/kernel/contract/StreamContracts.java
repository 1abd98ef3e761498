package io.parley.kernel.contract;

import io.parley.kernel.bus.Notice;
import io.parley.kernel.bus.Request;
import io.parley.schema.bus.v1.DeliveredBatch;
import io.parley.schema.bus.v1.LeaseBatch;
import io.parley.schema.bus.v1.SessionsRevoked;
import io.parley.schema.bus.v1.StreamAuthorize;
import io.parley.schema.bus.v1.StreamAuthorized;
import io.parley.schema.bus.v1.StreamHeads;
import io.parley.schema.bus.v1.StreamHeadsRead;
import io.parley.schema.bus.v1.StreamRead;
import io.parley.schema.bus.v1.StreamSlice;
import io.parley.schema.v1.Done;

/**
 * What gateways ask about streams, and tell about their sockets. Chat and presence serve theirs on each node at an
 * address of its own, so that nothing goes to a node that only the bus believes to live.
 */
public final class StreamContracts {
    /** May this caller listen to this "ch:" stream, and where does it stand? */
    public static final Request<StreamAuthorize, StreamAuthorized> AUTHORIZE_CHANNEL = new Request<>(
            "chat.stream.authorize", StreamAuthorize.getDefaultInstance(), StreamAuthorized.getDefaultInstance());

    /** Reads "ch:" and "me:" streams from the log in PostgreSQL. */
    public static final Request<StreamRead, StreamSlice> READ_LOG =
            new Request<>("chat.stream.read", StreamRead.getDefaultInstance(), StreamSlice.getDefaultInstance());

    /** Heads of many "ch:" and "me:" streams by the log: one or two statements per question. */
    public static final Request<StreamHeadsRead, StreamHeads> HEADS =
            new Request<>("chat.stream.heads", StreamHeadsRead.getDefaultInstance(), StreamHeads.getDefaultInstance());

    /** The same three for "call:" streams, of signaling. */
    public static final Request<StreamAuthorize, StreamAuthorized> AUTHORIZE_CALL = new Request<>(
            "signaling.stream.authorize", StreamAuthorize.getDefaultInstance(), StreamAuthorized.getDefaultInstance());

    public static final Request<StreamRead, StreamSlice> READ_CALL =
            new Request<>("signaling.stream.read", StreamRead.getDefaultInstance(), StreamSlice.getDefaultInstance());

    public static final Request<StreamHeadsRead, StreamHeads> CALL_HEADS = new Request<>(
            "signaling.stream.heads", StreamHeadsRead.getDefaultInstance(), StreamHeads.getDefaultInstance());

    /** Moves delivered markers; a lost batch is made good by the next acknowledgement. */
    public static final Notice<DeliveredBatch> DELIVERED =
            new Notice<>("chat.delivered.move", DeliveredBatch.getDefaultInstance());

    /** Renews and closes presence leases; an unanswered batch is sent again. */
    public static final Request<LeaseBatch, Done> LEASES =
            new Request<>("presence.lease.renew", LeaseBatch.getDefaultInstance(), Done.getDefaultInstance());

    /** To every gateway: close the sockets of these sessions. The revocation list in Redis is the truth. */
    public static final Notice<SessionsRevoked> SESSIONS_REVOKED =
            new Notice<>("gateway.sessions.revoked", SessionsRevoked.getDefaultInstance());

    private StreamContracts() {}
}
