package io.parley.gateway.socket;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;

/** What operators see of sockets. Thread-safe. */
public final class SocketMeters {
    private final MeterRegistry registry;
    private final AtomicInteger open = new AtomicInteger();
    private final Counter framesIn;
    private final Counter framesOut;
    private final Counter bytesIn;
    private final Counter bytesOut;
    private final Counter messagesOut;
    private final Counter coalesced;

    public SocketMeters(MeterRegistry registry) {
        this.registry = registry;
        registry.gauge("parley.gateway.connections", open);
        this.framesIn = registry.counter("parley.gateway.frames.in");
        this.framesOut = registry.counter("parley.gateway.frames.out");
        this.bytesIn = registry.counter("parley.gateway.bytes.in");
        this.bytesOut = registry.counter("parley.gateway.bytes.out");
        this.messagesOut = registry.counter("parley.gateway.messages.out");
        this.coalesced = registry.counter("parley.gateway.ephemeral.dropped");
    }

    int opened() {
        return open.incrementAndGet();
    }

    /** {@code code} is one of ours or 0 when the client left by itself. */
    void closed(int code) {
        open.decrementAndGet();
        registry.counter("parley.gateway.closes", "code", Integer.toString(code))
                .increment();
    }

    public int open() {
        return open.get();
    }

    void received(int frames, int bytes) {
        framesIn.increment(frames);
        bytesIn.increment(bytes);
    }

    void sent(int frames, int bytes) {
        messagesOut.increment();
        framesOut.increment(frames);
        bytesOut.increment(bytes);
    }

    void coalesced() {
        coalesced.increment();
    }
}
