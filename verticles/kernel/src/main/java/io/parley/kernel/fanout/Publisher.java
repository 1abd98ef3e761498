package io.parley.kernel.fanout;

import io.parley.schema.bus.v1.Publication;
import java.util.List;

/**
 * Tells interested gateways about events. Best effort: never fails, never waits; whoever misses an event sees the hole
 * in the offsets and reads it from the log. So publish only what is durable, and publish it after the commit.
 */
@FunctionalInterface
public interface Publisher {
    void publish(List<Publication> publications);
}
