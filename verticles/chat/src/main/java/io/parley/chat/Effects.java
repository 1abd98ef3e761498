package io.parley.chat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.parley.chat.domain.Actor;
import io.parley.chat.store.PgIdempotency;
import io.parley.chat.store.PgIdempotency.Answer;
import io.parley.chat.store.PgIdempotency.EffectKey;
import io.parley.kernel.bus.Refusal;
import io.parley.kernel.contract.RequestHash;
import io.parley.schema.bus.v1.Publication;
import io.parley.schema.v1.Cmd;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.Ok;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Runs effects: one transaction each, the same answer again for the same key, the world told after the commit. A
 * refusal rolls everything back and is not remembered, since nothing happened.
 */
final class Effects {
    private static final long IN_FLIGHT_AFTER_MILLIS = 100;

    /** What a transaction came to: the answer, and what to tell once it is durable. */
    private record Completed(Ok ok, List<Publication> publications) {}

    private final ChatParts parts;

    Effects(ChatParts parts) {
        this.parts = parts;
    }

    Future<Ok> run(Actor actor, Cmd cmd, Function<Work, Future<Ok.Builder>> effect) {
        return parts.transactions()
                .write(sql -> cmd.getKey().isEmpty() ? fresh(sql, actor, effect) : keyed(sql, actor, cmd, effect))
                .onSuccess(done -> parts.publisher().publish(done.publications()))
                .map(Completed::ok);
    }

    private Future<Completed> fresh(SqlConnection sql, Actor actor, Function<Work, Future<Ok.Builder>> effect) {
        Work work = new Work(parts, sql, actor);
        return Future.succeededFuture(work)
                .compose(effect)
                .compose(ok -> work.finish().map(publications -> new Completed(ok.build(), publications)));
    }

    private Future<Completed> keyed(
            SqlConnection sql, Actor actor, Cmd cmd, Function<Work, Future<Ok.Builder>> effect) {
        EffectKey key = new EffectKey(actor.user(), cmd.getKey());
        byte[] hash = RequestHash.of(cmd);
        return PgIdempotency.claim(sql, key)
                .compose(mine -> mine
                        ? PgIdempotency.find(sql, key)
                        : Future.failedFuture(Refusal.after(ErrorCode.KEY_IN_FLIGHT, IN_FLIGHT_AFTER_MILLIS)))
                .compose(known -> known.isPresent()
                        ? Future.succeededFuture(new Completed(replay(known.get(), hash), List.of()))
                        : fresh(sql, actor, effect).compose(done -> remember(sql, key, hash, done)));
    }

    private Future<Completed> remember(SqlConnection sql, EffectKey key, byte[] hash, Completed done) {
        Answer answer = new Answer(
                key, hash, done.ok().toByteArray(), "", 0, 0, parts.clock().wallMillis());
        return PgIdempotency.remember(sql, List.of(answer)).map(done);
    }

    private static Ok replay(Answer known, byte[] hash) {
        requireSame(Optional.of(known), hash);
        try {
            return Ok.parseFrom(known.answer()).toBuilder().setReplayed(true).build();
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("a stored answer is no answer", broken);
        }
    }

    /** The key was never used, or for this very request. */
    static void requireSame(Optional<Answer> known, byte[] hash) {
        if (known.isPresent() && !Arrays.equals(known.get().requestHash(), hash)) {
            throw Refusal.of(ErrorCode.IDEMPOTENCY_MISMATCH);
        }
    }
}
