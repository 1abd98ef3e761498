package io.parley.control;

import io.parley.kernel.bus.Refusal;
import io.parley.schema.Limits;
import io.parley.schema.v1.ErrorCode;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which node holds which room and whom, and which process of the control plane holds a node's stream: in Redis, so that
 * a control plane that starts again goes on where it was. A room is claimed by one node at a time.
 */
final class Sessions {
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);
    private static final String KEEP_MILLIS = Long.toString(Duration.ofDays(7).toMillis());
    private static final String NODES = "parley:focus:nodes";

    private final Redis redis;

    Sessions(Redis redis) {
        this.redis = redis;
    }

    /** One participant on a node. {@code room} is "TENANT/ROOM". */
    record Session(String room, String participantId) {
        private String text() {
            return room + " " + participantId;
        }

        private static Session of(String text) {
            int space = text.indexOf(' ');
            return new Session(text.substring(0, space), text.substring(space + 1));
        }
    }

    Future<Optional<String>> nodeOf(String room) {
        return one(Request.cmd(Command.GET).arg(roomKey(room))).map(Sessions::text);
    }

    /** The node that holds the room from now on: {@code nodeId}, or whoever was faster. */
    Future<String> claim(String room, String nodeId) {
        return one(Request.cmd(Command.SET)
                        .arg(roomKey(room))
                        .arg(nodeId)
                        .arg("NX")
                        .arg("PX")
                        .arg(KEEP_MILLIS))
                .compose(set -> set != null
                        ? Future.succeededFuture(nodeId)
                        : nodeOf(room).map(holder -> holder.orElse(nodeId)));
    }

    Future<Void> release(String room) {
        return one(Request.cmd(Command.DEL).arg(roomKey(room))).mapEmpty();
    }

    Future<Void> add(String nodeId, Session session) {
        return one(Request.cmd(Command.SADD).arg(sessionsKey(nodeId)).arg(session.text()))
                .mapEmpty();
    }

    Future<Void> remove(String nodeId, Session session) {
        return one(Request.cmd(Command.SREM).arg(sessionsKey(nodeId)).arg(session.text()))
                .mapEmpty();
    }

    Future<Set<Session>> on(String nodeId) {
        return one(Request.cmd(Command.SMEMBERS).arg(sessionsKey(nodeId))).map(members -> {
            Set<Session> found = new HashSet<>();
            if (members != null) {
                members.forEach(member -> found.add(Session.of(member.toString())));
            }
            return found;
        });
    }

    /** The node is attached to the process {@code holder}; true for {@code ttl} unless said again. */
    Future<Void> attached(String nodeId, String holder, Duration ttl) {
        return whileItAnswers(redis.batch(List.of(
                        Request.cmd(Command.SADD).arg(NODES).arg(nodeId),
                        Request.cmd(Command.SET)
                                .arg(holderKey(nodeId))
                                .arg(holder)
                                .arg("PX")
                                .arg(ttl.toMillis()))))
                .mapEmpty();
    }

    /** The process that holds a node's stream, as far as is known. */
    Future<Optional<String>> holder(String nodeId) {
        return one(Request.cmd(Command.GET).arg(holderKey(nodeId))).map(Sessions::text);
    }

    /** Nodes that were attached to anybody, ever, and were not given up since. */
    Future<Set<String>> known() {
        return one(Request.cmd(Command.SMEMBERS).arg(NODES)).map(members -> {
            Set<String> found = new HashSet<>();
            if (members != null) {
                members.forEach(member -> found.add(member.toString()));
            }
            return found;
        });
    }

    Future<Void> forget(String nodeId) {
        return whileItAnswers(redis.batch(List.of(
                        Request.cmd(Command.SREM).arg(NODES).arg(nodeId),
                        Request.cmd(Command.DEL).arg(sessionsKey(nodeId)),
                        Request.cmd(Command.DEL).arg(holderKey(nodeId)))))
                .mapEmpty();
    }

    private Future<@Nullable Response> one(Request request) {
        return whileItAnswers(redis.send(request));
    }

    private static Optional<String> text(@Nullable Response value) {
        return Optional.ofNullable(value).map(Response::toString);
    }

    private static <T extends @Nullable Object> Future<T> whileItAnswers(Future<T> answer) {
        return answer.recover(failure -> {
            LOG.warn("the store of the focus failed: {}", failure.toString());
            return Future.failedFuture(Refusal.after(ErrorCode.UNAVAILABLE, Limits.STORE_RETRY_AFTER_MILLIS));
        });
    }

    private static String roomKey(String room) {
        return "parley:focus:room:" + room;
    }

    private static String sessionsKey(String nodeId) {
        return "parley:focus:sessions:" + nodeId;
    }

    private static String holderKey(String nodeId) {
        return "parley:focus:holder:" + nodeId;
    }
}
