package io.parley.media.node.operators;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.parley.media.node.rooms.MediaRooms;
import io.parley.media.sfu.allocation.Allocation;
import io.parley.media.sfu.room.RoomSnapshot;
import io.parley.media.transport.MediaTransport;
import io.parley.media.transport.Shard;
import io.parley.media.transport.ShardStats;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The numbers of a node, for Prometheus. What is counted per packet is counted by its owner; a scrape only reads it.
 */
public final class Metrics implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Metrics.class);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final MediaTransport transport;
    private final MediaRooms rooms;
    private final JvmGcMetrics collector = new JvmGcMetrics();
    private volatile List<RoomSnapshot> snapshots = List.of();
    private volatile RoomSnapshot.Totals totals = RoomSnapshot.Totals.NONE;

    public Metrics(MediaTransport transport, MediaRooms rooms) {
        this.transport = transport;
        this.rooms = rooms;
        transportCounters();
        roomCounters();
        roomGauges();
        new JvmMemoryMetrics().bindTo(registry);
        collector.bindTo(registry);
    }

    /** For what else the node counts. */
    public MeterRegistry registry() {
        return registry;
    }

    /** All of it in Prometheus' text format. */
    public String scrape() {
        try {
            snapshots = rooms.snapshots().get(Limits.ANSWER.toMillis(), TimeUnit.MILLISECONDS);
            totals = rooms.totals().get(Limits.ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException late) {
            LOG.warn("the rooms did not tell their numbers: {}", late.toString());
        } catch (InterruptedException closing) {
            Thread.currentThread().interrupt();
        }
        return registry.scrape() + latency();
    }

    private void transportCounters() {
        shards("parley.media.packets.received", "datagrams, whatever they were", ShardStats::receivedPackets);
        shards("parley.media.packets.sent", "datagrams that the system took", ShardStats::sentPackets);
        shards("parley.media.bytes.received", "in datagrams and on connections", ShardStats::receivedBytes);
        shards("parley.media.bytes.sent", "given to the system", ShardStats::sentBytes);
        shards("parley.media.packets.unsent", "refused by the system", ShardStats::unsentPackets);
        shards("parley.media.packets.unbuffered", "dropped for want of a buffer", ShardStats::noBuffer);
        shards("parley.media.packets.strange", "from addresses nobody has proven", ShardStats::unknownSource);
        shards("parley.media.packets.malformed", "none of STUN, DTLS, RTP, RTCP", ShardStats::malformed);
        shards("parley.media.checks.refused", "of the wrong password", ShardStats::badIntegrity);
        shards("parley.media.checks.unknown", "for a user fragment nobody has", ShardStats::unknownUfrag);
    }

    private void shards(String name, String says, ToLongFunction<ShardStats> count) {
        for (var shard : transport.shards()) {
            FunctionCounter.builder(name, shard, each -> (double) count.applyAsLong(each.stats()))
                    .description(says)
                    .tag("shard", Integer.toString(shard.index()))
                    .register(registry);
        }
    }

    private void roomCounters() {
        counter("parley.media.rtp.received", "from publishers", RoomSnapshot.Totals::receivedPackets);
        counter("parley.media.rtp.lost", "that never came from publishers", RoomSnapshot.Totals::lostPackets);
        counter(
                "parley.media.rtp.malformed",
                "packets and feedback",
                totals -> totals.malformedPackets() + totals.malformedFeedback());
        counter("parley.media.rtp.foreign", "of no known stream", RoomSnapshot.Totals::foreignPackets);
        counter("parley.media.rtp.forwarded", "to receivers", RoomSnapshot.Totals::forwardedPackets);
        counter("parley.media.rtp.forwarded.bytes", "to receivers", RoomSnapshot.Totals::forwardedBytes);
        counter("parley.media.rtp.resent", "to receivers that lost them", RoomSnapshot.Totals::resentPackets);
        counter("parley.media.rtp.overflowed", "dropped, too much waited", RoomSnapshot.Totals::queueOverflows);
        counter("parley.media.rtp.refused", "by the transport", RoomSnapshot.Totals::refusedPackets);
        counter("parley.media.keyframes.requested", "of publishers", RoomSnapshot.Totals::keyframesRequested);
    }

    private void counter(String name, String says, ToLongFunction<RoomSnapshot.Totals> count) {
        FunctionCounter.builder(name, this, self -> (double) count.applyAsLong(self.totals))
                .description(says)
                .register(registry);
    }

    private void roomGauges() {
        gauge("parley.media.rooms", "open", self -> self.rooms.roomCount());
        gauge("parley.media.participants", "in all rooms", self -> self.rooms.participantCount());
        gauge(
                "parley.media.rooms.shedding",
                "that are held back",
                self -> self.snapshots.stream()
                        .filter(room -> !room.shedding().isEmpty())
                        .count());
        gauge(
                "parley.media.target.bps",
                "that receivers could be sent",
                self -> self.snapshots.stream()
                        .flatMap(room -> room.members().stream())
                        .mapToLong(RoomSnapshot.OfParticipant::targetBps)
                        .sum());
        gauge("parley.media.allocated.bps", "of video that receivers get", self -> self.allocations(null, true));
        for (var reason : Allocation.Reason.values()) {
            Gauge.builder("parley.media.allocations", this, self -> self.allocations(reason, false))
                    .description("videos at receivers, by why they are not better")
                    .tag("reason", reason.name())
                    .register(registry);
        }
    }

    private void gauge(String name, String says, ToDoubleFunction<Metrics> value) {
        Gauge.builder(name, this, value).description(says).register(registry);
    }

    private double allocations(Allocation.@Nullable Reason reason, boolean bits) {
        return snapshots.stream()
                .flatMap(room -> room.members().stream())
                .flatMap(member -> member.allocations().stream())
                .filter(each -> reason == null || each.reason() == reason)
                .mapToDouble(each -> bits ? each.bitrateBps() : 1)
                .sum();
    }

    /** The histogram that the shards keep themselves, in the text format. */
    private String latency() {
        var text = new StringBuilder("""
                # HELP parley_media_latency_seconds from the socket to the socket, by packet
                # TYPE parley_media_latency_seconds histogram
                """);
        long sum = 0;
        long[] counts = new long[Shard.LATENCY_BUCKETS];
        for (var shard : transport.shards()) {
            long[] each = shard.latencies();
            for (int i = 0; i < counts.length; i++) {
                counts[i] += each[i];
            }
        }
        for (int i = 0; i < counts.length; i++) {
            sum += counts[i];
            boolean last = i == counts.length - 1;
            String bound = last ? "+Inf" : Double.toString(Shard.latencyBoundNanos(i) / 1e9);
            text.append("parley_media_latency_seconds_bucket{le=\"")
                    .append(bound)
                    .append("\"} ")
                    .append(sum)
                    .append('\n');
        }
        return text.append("parley_media_latency_seconds_count ")
                .append(sum)
                .append('\n')
                .toString();
    }

    @Override
    public void close() {
        collector.close();
        registry.close();
    }
}
