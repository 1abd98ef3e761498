package io.parley.fanout.domain;

import java.time.Duration;

/**
 * How much an owner remembers.
 *
 * @param eventsPerStream newest events of one stream
 * @param bytesPerStream bytes of one stream's events
 * @param bytes bytes of all streams together; the streams that were quiet longest go first
 * @param age how long an event is kept
 */
public record RecentBounds(int eventsPerStream, long bytesPerStream, long bytes, Duration age) {}
