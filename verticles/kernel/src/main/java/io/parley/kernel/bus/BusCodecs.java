package io.parley.kernel.bus;

import com.google.protobuf.MessageLite;
import io.vertx.core.eventbus.EventBus;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Registers a message type with a bus the first time a contract meets it. A bus forgets nothing and refuses a second
 * registration, so what was registered is remembered per bus, for as long as the bus lives.
 */
final class BusCodecs {
    private static final Map<EventBus, Set<Class<?>>> KNOWN = Collections.synchronizedMap(new WeakHashMap<>());

    private BusCodecs() {}

    /** Gives the codec's name. Cheap after the first time; safe from every thread. */
    static <T extends MessageLite> String register(EventBus bus, T prototype) {
        Set<Class<?>> known = KNOWN.computeIfAbsent(bus, _ -> ConcurrentHashMap.newKeySet());
        if (known.add(prototype.getClass())) {
            bus.registerCodec(new ProtoCodec<>(prototype));
        }
        return ProtoCodec.nameOf(prototype);
    }
}
