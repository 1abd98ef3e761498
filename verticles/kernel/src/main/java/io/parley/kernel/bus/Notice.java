package io.parley.kernel.bus;

import com.google.protobuf.MessageLite;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.eventbus.MessageConsumer;
import java.util.function.Consumer;

/**
 * Something told on the bus without an answer. It may be lost, and its receivers must be able to see or survive that.
 */
public record Notice<T extends MessageLite>(String address, T prototype) {

    /** To one of the consumers of the address. */
    public void send(EventBus bus, T body) {
        bus.send(address, body, options(bus));
    }

    /** To all consumers of the address, on all nodes. */
    public void publish(EventBus bus, T body) {
        bus.publish(address, body, options(bus));
    }

    public MessageConsumer<T> receive(EventBus bus, Consumer<T> handler) {
        BusCodecs.register(bus, prototype);
        return bus.consumer(address, message -> handler.accept(message.body()));
    }

    /** The same notice to one process only: its address ends with the node's id. */
    public Notice<T> at(String nodeId) {
        return new Notice<>(address + "." + nodeId, prototype);
    }

    private DeliveryOptions options(EventBus bus) {
        return new DeliveryOptions().setCodecName(BusCodecs.register(bus, prototype));
    }
}
