package io.parley.gateway.streams;

import io.parley.schema.Clock;
import io.parley.schema.Randomness;
import java.util.concurrent.TimeUnit;

/** What the hub and its parts share. */
record HubParts(
        String nodeId,
        StreamsConfig config,
        Links links,
        Timers timers,
        Clock clock,
        Randomness randomness,
        StreamMeters meters) {

    long nowMillis() {
        return TimeUnit.NANOSECONDS.toMillis(clock.monoNanos());
    }
}
