package io.parley.kernel.bus;

import com.google.protobuf.MessageLite;
import io.vertx.core.Future;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import java.time.Duration;
import java.util.function.Function;

/**
 * One question on the bus: where it goes, what is asked, what is answered. Both sides use the same constant.
 *
 * @param address {@code domain.noun.verb}, or one node's own address made with {@link #at}
 */
public record Request<Q extends MessageLite, A extends MessageLite>(String address, Q question, A answer) {

    /**
     * Asks, and waits at most {@code timeout}. Fails with {@link io.vertx.core.eventbus.ReplyException}: nobody there,
     * no answer in time, or the other side failed. What the domain refuses is no failure but an answer.
     */
    public Future<A> ask(EventBus bus, Q body, Duration timeout) {
        DeliveryOptions options = new DeliveryOptions()
                .setCodecName(BusCodecs.register(bus, question))
                .setSendTimeout(timeout.toMillis());
        BusCodecs.register(bus, answer);
        return bus.<A>request(address, body, options).map(Message::body);
    }

    /**
     * Answers every question with what {@code handler} completes with; its failure fails the question, not the
     * verticle.
     */
    public MessageConsumer<Q> serve(EventBus bus, Function<Q, Future<A>> handler) {
        BusCodecs.register(bus, question);
        DeliveryOptions options = new DeliveryOptions().setCodecName(BusCodecs.register(bus, answer));
        return bus.consumer(
                address,
                message -> Future.succeededFuture(message.body())
                        .compose(handler)
                        .onSuccess(body -> message.reply(body, options))
                        .onFailure(failure -> message.fail(Failures.HANDLER, Failures.publicText(failure))));
    }

    /** The same question to one process only: its address ends with the node's id. */
    public Request<Q, A> at(String nodeId) {
        return new Request<>(address + "." + nodeId, question, answer);
    }
}
