package io.parley.chat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.parley.chat.domain.Draft;
import io.parley.chat.store.PgIdempotency.EffectKey;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.Limits;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.Ok;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Group commit: sends gather while the transaction before them is in flight, then share one. An idle batcher starts at
 * the end of the event loop's turn, so a lone send waits for nothing. Owned by one event loop.
 *
 * <p>A repeated send whose first is still here waits for the first and gets its answer.
 */
final class SendBatcher {
    /** What became of each send of a batch, in order: an answer or a refusal each. */
    interface Commit extends Function<List<PendingSend>, Future<List<SendResult>>> {}

    private static final long OVERLOADED_AFTER_MILLIS = 500;

    private final Context context;
    private final Commit commit;
    private final int batchMax;
    private final int inFlightMax;
    private final ArrayDeque<PendingSend> queue = new ArrayDeque<>();
    private final Map<EffectKey, PendingSend> byKey = new HashMap<>();
    private final DistributionSummary batchSizes;
    private final Counter stored;
    private int inFlight;
    private boolean scheduled;

    SendBatcher(Context context, ChatParts parts, Commit commit) {
        this.context = context;
        this.commit = commit;
        this.batchMax = parts.config().batchMax();
        this.inFlightMax = parts.config().batchesInFlight();
        this.batchSizes = DistributionSummary.builder("parley.chat.batch.messages")
                .description("sends per transaction")
                .register(parts.meters());
        this.stored = parts.meters().counter("parley.chat.messages.stored");
        Gauge.builder("parley.chat.batch.queue.messages", queue, ArrayDeque::size)
                .description("sends that wait for a transaction")
                .register(parts.meters());
    }

    /** Completes with the answer once the message is durable. */
    Future<Ok> send(Draft draft, byte[] requestHash) {
        EffectKey key = new EffectKey(draft.author().user(), draft.clientId());
        PendingSend first = byKey.get(key);
        if (first != null) {
            return Arrays.equals(first.requestHash(), requestHash)
                    ? first.answer().future().map(SendResult::asDuplicate)
                    : Refusals.fail(ErrorCode.IDEMPOTENCY_MISMATCH);
        }
        if (queue.size() >= Limits.CHAT_SEND_QUEUE_MAX) {
            return Future.failedFuture(Refusal.after(ErrorCode.OVERLOADED, OVERLOADED_AFTER_MILLIS));
        }
        PendingSend pending = new PendingSend(draft, key, requestHash, Promise.promise());
        byKey.put(key, pending);
        queue.add(pending);
        schedule();
        return pending.answer().future();
    }

    private void schedule() {
        if (!scheduled && mayStart()) {
            scheduled = true;
            context.runOnContext(_ -> {
                scheduled = false;
                startAll();
            });
        }
    }

    /** A second transaction only pays when a whole batch waits: else it would wait for the first one's locks. */
    private boolean mayStart() {
        return !queue.isEmpty() && (inFlight == 0 || (inFlight < inFlightMax && queue.size() >= batchMax));
    }

    private void startAll() {
        while (mayStart()) {
            start();
        }
    }

    private void start() {
        List<PendingSend> batch = new ArrayList<>(Math.min(batchMax, queue.size()));
        while (batch.size() < batchMax && !queue.isEmpty()) {
            batch.add(queue.remove());
        }
        inFlight++;
        batchSizes.record(batch.size());
        commit.apply(batch)
                .onComplete(
                        results -> finish(batch, index -> settle(batch.get(index), results.get(index))),
                        failure ->
                                finish(batch, index -> batch.get(index).answer().fail(failure)));
    }

    private void finish(List<PendingSend> batch, java.util.function.IntConsumer settle) {
        inFlight--;
        startAll(); // the next batch goes before the answers of this one
        for (int i = 0; i < batch.size(); i++) {
            byKey.remove(batch.get(i).key());
            settle.accept(i);
        }
    }

    private void settle(PendingSend pending, SendResult result) {
        switch (result) {
            case SendResult.Stored(Ok ok) -> {
                stored.increment();
                pending.answer().complete(ok);
            }
            case SendResult.Repeated(Ok ok) -> pending.answer().complete(ok);
            case SendResult.Refused(Refusal refusal) -> pending.answer().fail(refusal);
        }
    }
}
