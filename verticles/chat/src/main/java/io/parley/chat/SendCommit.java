package io.parley.chat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.parley.chat.domain.Draft;
import io.parley.chat.store.PgIdempotency.Answer;
import io.parley.chat.store.PgIdempotency.EffectKey;
import io.parley.chat.store.PgLog;
import io.parley.chat.store.PgSends;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.bus.v1.Publication;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.Push;
import io.vertx.core.Future;
import io.vertx.sqlclient.SqlConnection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commits a batch of sends in one transaction, and tells the channels about it afterwards. */
final class SendCommit implements SendBatcher.Commit {
    private static final Logger LOG = LoggerFactory.getLogger(SendCommit.class);

    private record Committed(List<SendResult> results, List<Publication> publications) {}

    private final ChatParts parts;

    SendCommit(ChatParts parts) {
        this.parts = parts;
    }

    @Override
    public Future<List<SendResult>> apply(List<PendingSend> batch) {
        return parts.transactions()
                .write(sql -> attempt(sql, batch))
                .onSuccess(committed -> parts.publisher().publish(committed.publications()))
                .map(Committed::results)
                .recover(failure ->
                        failure instanceof Refusal || batch.size() == 1 ? Future.failedFuture(failure) : halves(batch));
    }

    /** What the database chokes on is one of them; the others must not suffer. The culprit is left alone in the end. */
    private Future<List<SendResult>> halves(List<PendingSend> batch) {
        int middle = batch.size() / 2;
        return half(batch.subList(0, middle))
                .compose(first -> half(batch.subList(middle, batch.size())).map(second -> {
                    List<SendResult> both = new ArrayList<>(first);
                    both.addAll(second);
                    return both;
                }));
    }

    private Future<List<SendResult>> half(List<PendingSend> batch) {
        return apply(batch).recover(failure -> {
            LOG.error("a send could not be stored", failure);
            return Future.succeededFuture(batch.stream()
                    .<SendResult>map(_ -> new SendResult.Refused(
                            failure instanceof Refusal refusal ? refusal : Refusal.of(ErrorCode.INTERNAL)))
                    .toList());
        });
    }

    private Future<Committed> attempt(SqlConnection sql, List<PendingSend> batch) {
        List<Draft> drafts = batch.stream().map(PendingSend::draft).toList();
        List<EffectKey> keys = batch.stream().map(PendingSend::key).toList();
        return PgSends.load(sql, drafts, keys).compose(facts -> {
            SendPlan plan = new SendPlan(parts, facts, parts.clock().wallMillis());
            List<Future<SendResult>> results = new ArrayList<>(batch.size());
            for (PendingSend pending : batch) {
                Answer known = facts.answers().get(pending.key());
                results.add(known == null ? Future.succeededFuture(plan.add(pending)) : replay(sql, pending, known));
            }
            return Future.all(results)
                    .compose(_ -> write(sql, plan))
                    .map(publications ->
                            new Committed(results.stream().map(Future::result).toList(), publications));
        });
    }

    private static Future<List<Publication>> write(SqlConnection sql, SendPlan plan) {
        if (plan.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        Future<Void> written = PgSends.write(sql, plan.changes());
        return Future.all(written, plan.notes().append(sql)).map(both -> {
            List<Publication> publications = new ArrayList<>(plan.publications());
            publications.addAll(both.resultAt(1));
            return publications;
        });
    }

    /** The first answer again, read from the log. */
    private static Future<SendResult> replay(SqlConnection sql, PendingSend pending, Answer known) {
        if (!Arrays.equals(known.requestHash(), pending.requestHash())) {
            return Future.succeededFuture(new SendResult.Refused(Refusal.of(ErrorCode.IDEMPOTENCY_MISMATCH)));
        }
        return PgLog.find(sql, pending.draft().channel(), List.of(known.offset()))
                .map(found -> found.isEmpty()
                        ? new SendResult.Refused(Refusal.of(ErrorCode.GONE))
                        : new SendResult.Repeated(SendResult.asDuplicate(answerOf(found.getFirst()))));
    }

    private static io.parley.schema.v1.Ok answerOf(PgLog.Entry entry) {
        try {
            Push push = Push.parseFrom(entry.payload());
            return SendResult.answer(push.getMessageCreated().getMessage());
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("a stored event is no event", broken);
        }
    }
}
