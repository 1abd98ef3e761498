package io.parley.control;

import io.grpc.stub.StreamObserver;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.control.v1.Command;
import io.parley.schema.control.v1.CommandResult;
import io.parley.schema.control.v1.ControlFrame;
import io.parley.schema.v1.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One stream to a media node: commands down, each answered once. Owned by the control plane's context. */
final class NodeLink {
    /** More than this under way means that the node does not answer: refuse at once. */
    private static final int UNDER_WAY_MAX = 10_000;

    private static final long RETRY_MILLIS = 1_000;

    private record Asked(Promise<CommandResult> answer, long timer) {}

    private final Vertx vertx;
    private final StreamObserver<ControlFrame> down;
    private final Map<Long, Asked> underWay = new HashMap<>();
    private long lastId;
    private boolean closed;

    NodeLink(Vertx vertx, StreamObserver<ControlFrame> down) {
        this.vertx = vertx;
        this.down = down;
    }

    void send(ControlFrame frame) {
        if (!closed) {
            down.onNext(frame);
        }
    }

    /** Fails with TIMEOUT when the effect is unknown, with UNAVAILABLE when nothing was asked. */
    Future<CommandResult> ask(Command.Builder command, long nowWallMillis, long deadlineWallMillis) {
        long left = deadlineWallMillis - nowWallMillis;
        if (closed || underWay.size() >= UNDER_WAY_MAX || left <= 0) {
            return Future.failedFuture(Refusal.after(ErrorCode.UNAVAILABLE, RETRY_MILLIS));
        }
        long id = ++lastId;
        Promise<CommandResult> answer = Promise.promise();
        long timer = vertx.setTimer(left, _ -> {
            underWay.remove(id);
            answer.tryFail(Refusal.after(ErrorCode.TIMEOUT, RETRY_MILLIS));
        });
        underWay.put(id, new Asked(answer, timer));
        send(ControlFrame.newBuilder()
                .setCommand(command.setId(id).setDeadlineWallMillis(deadlineWallMillis))
                .build());
        return answer.future();
    }

    /** An answer that nobody waits for any more is dropped. */
    void answered(CommandResult result) {
        Asked asked = underWay.remove(result.getId());
        if (asked != null) {
            vertx.cancelTimer(asked.timer);
            asked.answer.tryComplete(result);
        }
    }

    /** No more commands; those under way fail as TIMEOUT, since the node may have done them. */
    void close() {
        closed = true;
        List.copyOf(underWay.values()).forEach(asked -> {
            vertx.cancelTimer(asked.timer);
            asked.answer.tryFail(Refusal.after(ErrorCode.TIMEOUT, RETRY_MILLIS));
        });
        underWay.clear();
    }

    /** Another stream has taken this one's place. */
    void replace() {
        if (!closed) {
            close();
            down.onCompleted();
        }
    }
}
