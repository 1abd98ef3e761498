package io.parley.gateway.streams;

import static io.parley.kernel.fanout.FanoutContracts.keyOf;

import io.parley.kernel.bus.Refusal;
import io.parley.schema.Limits;
import io.parley.schema.bus.v1.StreamAuthorize;
import io.parley.schema.bus.v1.StreamAuthorized;
import io.parley.schema.bus.v1.StreamRead;
import io.parley.schema.bus.v1.StreamSlice;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.Position;
import io.parley.schema.v1.Push;
import io.parley.schema.v1.SubscribeResult;
import io.parley.schema.v1.SubscribeResult.Lost;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.function.Supplier;

/**
 * Makes subscriptions without a window in which an event could be lost. The order is what guarantees it: (1) the
 * subscription collects events from now on; (2) the owner confirms that it forwards the stream here; (3) the domain
 * authorizes and tells the head H, both of one snapshot; (4) what the client missed up to H is read; (5) the
 * subscription drops what it collected up to H, delivers the rest, and goes on live. An event committed before (3) is
 * in H, one committed later is published to an owner that knows of the interest, and a removal behind H is seen like
 * any other event. Owned by the hub.
 */
final class Openings {
    private static final int ATTEMPTS = 3;
    private static final long PAUSE_MILLIS = 100;

    /** What an opening does to the hub. */
    interface Hub {
        /** The domain stands here; the stream begins here unless it has a place already. */
        void standsAt(LocalStream stream, Position head, Runnable attach);
    }

    private final HubParts parts;
    private final Interests interests;
    private final Hub hub;
    private final Gate gate = new Gate(Limits.OPENINGS_UNDER_WAY_MAX, Limits.OPENINGS_WAITING_MAX);

    Openings(HubParts parts, Interests interests, Hub hub) {
        this.parts = parts;
        this.interests = interests;
        this.hub = hub;
    }

    /** The subscription is registered with its outlet already, so it collects. */
    void open(LocalStream stream, Opening opening) {
        Future<Void> interested = interests.ensure(stream);
        if (stream.id().ephemeral()) {
            SubscribeResult live =
                    SubscribeResult.newBuilder().setStream(stream.id().stream()).build();
            interested
                    .compose(_ -> stream.id().isCall() ? gate.ask(() -> permitted(stream, opening)) : interested)
                    .onComplete(
                            _ -> opening.outlet().attach(opening.subscription(), live, opening.promise()),
                            opening::fail);
            return;
        }
        long reached = stream.reached();
        interested
                .compose(_ -> gate.ask(() -> retried(() -> prepared(stream, opening, reached), 1)))
                .onComplete(result -> attach(stream, opening, result), opening::fail);
    }

    /**
     * The answer to the subscriber, and where its subscription begins. Another subscriber may have placed the stream
     * behind this answer in the meantime, and the domain may have answered from the past: then it is asked again.
     */
    private Future<SubscribeResult> prepared(LocalStream stream, Opening opening, long reached) {
        return ask(stream, opening).compose(answer -> {
            if (answer.hasError()) {
                return Future.failedFuture(Refusal.fromError(answer.getError()));
            }
            return result(stream, opening, answer)
                    .map(result -> result.setOwn(answer.getOwn()).build())
                    .compose(result -> stream.covers(result.getPosition(), reached)
                            ? Future.succeededFuture(result)
                            : Future.failedFuture(new IllegalStateException("the stream has moved on")));
        });
    }

    /** An ephemeral stream of a call has no head, but not everybody may listen to it. */
    private Future<Void> permitted(LocalStream stream, Opening opening) {
        return retried(() -> ask(stream, opening), 1)
                .compose(answer -> answer.hasError()
                        ? Future.failedFuture(Refusal.fromError(answer.getError()))
                        : Future.<Void>succeededFuture());
    }

    private void attach(LocalStream stream, Opening opening, SubscribeResult result) {
        hub.standsAt(
                stream,
                result.getPosition(),
                () -> opening.outlet().attach(opening.subscription(), result, opening.promise()));
    }

    /** "me:" streams are their owner's by name; only where they stand is to be known. */
    private Future<StreamAuthorized> ask(LocalStream stream, Opening opening) {
        if (!stream.id().stream().startsWith("me:")) {
            return parts.links()
                    .authorize(StreamAuthorize.newBuilder()
                            .setCaller(opening.caller())
                            .setStream(stream.id().stream())
                            .build());
        }
        return parts.links()
                .log(StreamRead.newBuilder().setKey(keyOf(stream.id())).build())
                .map(slice ->
                        StreamAuthorized.newBuilder().setHead(slice.getHead()).build());
    }

    private Future<SubscribeResult.Builder> result(LocalStream stream, Opening opening, StreamAuthorized answer) {
        Position head = answer.getHead();
        SubscribeResult.Builder result =
                SubscribeResult.newBuilder().setStream(stream.id().stream()).setPosition(head);
        if (!opening.request().hasSince()) {
            return Future.succeededFuture(result);
        }
        Position since = opening.request().getSince();
        if (!since.getEpoch().equals(head.getEpoch()) || since.getOffset() > head.getOffset()) {
            return Future.succeededFuture(result.setLost(Lost.EPOCH_CHANGED));
        } else if (head.getOffset() - since.getOffset() > Limits.EVENTS_PER_READ_MAX) {
            return Future.succeededFuture(result.setLost(Lost.TOO_MANY));
        } else if (head.getOffset() == since.getOffset()) {
            return Future.succeededFuture(result.setRecovered(true));
        }
        return missed(stream, since, head).map(slice -> {
            if (slice.getLost() != Lost.NOT_LOST) {
                return result.setLost(slice.getLost());
            }
            slice.getEventsList().stream().filter(opening.subscription()::wants).forEach(result::addMissed);
            return result.setRecovered(true);
        });
    }

    /** Exactly the events behind {@code since} up to {@code head}; most resumes are answered by the owner's memory. */
    private Future<StreamSlice> missed(LocalStream stream, Position since, Position head) {
        StreamRead read = StreamRead.newBuilder()
                .setKey(keyOf(stream.id()))
                .setSince(since)
                .setLimit(Limits.EVENTS_PER_READ_MAX)
                .build();
        Supplier<Future<StreamSlice>> fromLog =
                () -> parts.links().log(read).compose(slice -> whole(slice, since, head));
        return interests
                .owners()
                .owner(stream.shard())
                .map(owner -> parts.links()
                        .recent(owner, read)
                        .compose(slice -> slice.getKnown() ? whole(slice, since, head) : fromLog.get())
                        .recover(_ -> fromLog.get()))
                .orElseGet(fromLog);
    }

    private static Future<StreamSlice> whole(StreamSlice slice, Position since, Position head) {
        if (slice.getLost() != Lost.NOT_LOST) {
            return Future.succeededFuture(slice);
        }
        List<Push> wanted = slice.getEventsList().stream()
                .filter(push -> push.getOffset() > since.getOffset() && push.getOffset() <= head.getOffset())
                .toList();
        for (int index = 0; index < wanted.size(); index++) {
            if (wanted.get(index).getOffset() != since.getOffset() + 1 + index) {
                return Future.failedFuture(new IllegalStateException(
                        "a hole in " + wanted.get(index).getStream()));
            }
        }
        if (wanted.size() != head.getOffset() - since.getOffset()) {
            return Future.failedFuture(new IllegalStateException("the events end before the head"));
        }
        return Future.succeededFuture(
                slice.toBuilder().clearEvents().addAllEvents(wanted).build());
    }

    /** Refusals are answers; everything else is tried again, then told as UNAVAILABLE. */
    private <T> Future<T> retried(Supplier<Future<T>> question, int attempt) {
        return question.get().recover(failure -> {
            if (failure instanceof Refusal) {
                return Future.failedFuture(failure);
            } else if (attempt >= ATTEMPTS) {
                return Future.failedFuture(Refusal.after(ErrorCode.UNAVAILABLE, Limits.STORE_RETRY_AFTER_MILLIS));
            }
            Promise<Void> pause = Promise.promise();
            long millis = PAUSE_MILLIS * attempt + parts.randomness().below(PAUSE_MILLIS);
            parts.timers().after(millis, pause::complete);
            return pause.future().compose(_ -> retried(question, attempt + 1));
        });
    }
}
