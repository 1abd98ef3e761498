package io.parley.gateway.streams;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.parley.schema.Clock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** What a gateway's hub counts. Thread-safe. */
final class StreamMeters {
    private final Counter received;
    private final Counter delivered;
    private final Counter repaired;
    private final Counter probed;
    private final Counter broken;
    private final Counter dropped;
    private final AtomicLong streams = new AtomicLong();
    private final Timer latency;

    StreamMeters(MeterRegistry meters) {
        received = meters.counter("parley.fanout.publications", "stage", "received");
        delivered = meters.counter("parley.fanout.deliveries");
        repaired = meters.counter("parley.fanout.repairs");
        probed = meters.counter("parley.fanout.heads.behind");
        broken = meters.counter("parley.fanout.subscriptions.broken");
        dropped = meters.counter("parley.fanout.publications.dropped", "stage", "received");
        meters.gauge("parley.fanout.streams", streams);
        latency = Timer.builder("parley.fanout.delivery")
                .description("from the publisher's hands to the last socket of an event loop")
                .publishPercentileHistogram()
                .minimumExpectedValue(Duration.ofMillis(1))
                .maximumExpectedValue(Duration.ofSeconds(10))
                .register(meters);
    }

    void received(int publications) {
        received.increment(publications);
    }

    void delivered(int sockets, StreamEvent event, Clock clock) {
        delivered.increment(sockets);
        if (event.publishedWallMillis() > 0) {
            latency.record(Duration.ofMillis(Math.max(0, clock.wallMillis() - event.publishedWallMillis())));
        }
    }

    void repaired() {
        repaired.increment();
    }

    /** A head from elsewhere showed that this node had missed something. */
    void behind() {
        probed.increment();
    }

    void broken() {
        broken.increment();
    }

    void dropped() {
        dropped.increment();
    }

    void streams(int count) {
        streams.set(count);
    }
}
