package io.parley.signaling;

import io.parley.kernel.bus.Refusal;
import io.parley.kernel.contract.RoomContracts;
import io.parley.schema.bus.v1.FocusCommand;
import io.parley.schema.bus.v1.FocusOutcome;
import io.parley.schema.v1.ErrorCode;
import io.parley.signaling.domain.RoomKey;
import io.vertx.core.Future;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Duration;

/** The focus in the control plane, as signaling sees it. Refusals fail the future. */
final class Focus {
    private static final long RETRY_AFTER_MILLIS = 2_000;

    private final SignalingParts parts;

    Focus(SignalingParts parts) {
        this.parts = parts;
    }

    Future<FocusOutcome> ask(RoomKey room, String participantId, FocusCommand.Builder command) {
        Duration limit = parts.config().focusLimit();
        var question = command.setTenant(room.tenant())
                .setRoomId(room.id())
                .setParticipantId(participantId)
                .setDeadlineWallMillis(parts.node().clock().wallMillis() + limit.toMillis())
                .build();
        return parts.nodes()
                .askRole(RoomContracts.CONTROL_ROLE, RoomContracts.FOCUS, question, limit, false)
                .recover(failure -> Future.failedFuture(
                        failure instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS
                                ? Refusal.after(ErrorCode.NO_MEDIA_NODE, RETRY_AFTER_MILLIS)
                                : failure))
                .compose(outcome -> outcome.hasError()
                        ? Future.failedFuture(Refusal.fromError(outcome.getError()))
                        : Future.succeededFuture(outcome));
    }
}
