package io.parley.media.node;

import io.micrometer.core.instrument.FunctionCounter;
import io.parley.media.node.control.ControlLink;
import io.parley.media.node.health.SelfCall;
import io.parley.media.node.operators.Json;
import io.parley.media.node.operators.Metrics;
import io.parley.media.node.operators.OperatorPort;
import io.parley.media.node.rooms.MediaRooms;
import io.parley.media.sfu.room.RoomSnapshot;
import io.parley.media.sfu.room.Shedding;
import io.parley.media.transport.Candidate;
import io.parley.media.transport.MediaTransport;
import io.parley.schema.Clock;
import io.parley.schema.SystemClock;
import io.parley.schema.control.v1.Load;
import io.parley.schema.control.v1.Registration;
import java.net.Inet6Address;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A media node, running: its port, its rooms, and its link to the control plane. Methods may be called by any thread.
 */
public final class MediaNode implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MediaNode.class);
    private static final Duration SELF_CALL_PAUSE = Duration.ofSeconds(10);
    private static final int PROTOCOL = 1;
    private static final String VERSION = "0.1.0";

    private final MediaNodeConfig config;
    private final Clock clock = new SystemClock();
    private final SecureRandom random = new SecureRandom();
    private final String incarnation;
    private final MediaTransport transport;
    private final LoadMeter meter;
    private final MediaRooms rooms;
    private final ControlLink link;
    private final Draining draining;
    private final SelfCall selfCall;
    private final Metrics metrics;
    private final Overload overload = new Overload();
    private final ScheduledExecutorService seconds = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("media-meter").daemon(true).factory());
    private volatile LoadMeter.Rates measured = LoadMeter.Rates.NONE;
    private Shedding shedding = Shedding.NONE;
    private final OperatorPort operators;

    private MediaNode(MediaNodeConfig config) {
        this.config = config;
        byte[] fresh = new byte[8];
        random.nextBytes(fresh);
        incarnation = HexFormat.of().formatHex(fresh);
        link = new ControlLink(new ControlLink.Parts(config.control(), new Self(), clock, random));
        try {
            transport = MediaTransport.open(config.media());
        } catch (RuntimeException failure) {
            link.close();
            throw failure;
        }
        meter = new LoadMeter(transport, clock);
        rooms = new MediaRooms(transport, random, clock::wallMillis, link.events());
        draining = new Draining(rooms, config.drainLimit());
        selfCall = new SelfCall(transport, config.media().bind().getFirst(), random, clock);
        metrics = new Metrics(transport, rooms);
        FunctionCounter.builder("parley.media.events.dropped", link, each -> (double) each.droppedEvents())
                .description("events for a control plane that does not take them")
                .register(metrics.registry());
        try {
            operators = new OperatorPort(config.operators(), rooms, metrics, this::complaint);
        } catch (RuntimeException failure) {
            closeParts();
            throw failure;
        }
    }

    /**
     * Opens the media port and begins to attach; returns at once, whether the control plane is there or not. Throws
     * IllegalArgumentException, with a sentence for the operator, for what cannot work, and UncheckedIOException when a
     * port cannot be bound.
     */
    public static MediaNode start(MediaNodeConfig config) {
        var node = new MediaNode(config);
        var _ = node.seconds.scheduleAtFixedRate(node::tick, 1, 1, TimeUnit.SECONDS);
        // The first load that the control plane hears says how the first call went.
        var _ = node.selfCall
                .start(SELF_CALL_PAUSE)
                .thenRun(() -> node.link.start(node.rooms, config.capacity().participants()));
        LOG.info("media node {} of region {} is at {}", config.id(), config.region(), node.endpoints());
        return node;
    }

    /** An exception would end the schedule: it is told, and the next second is another. */
    private void tick() {
        try {
            eachSecond();
        } catch (RuntimeException failure) {
            LOG.error("measuring the node failed", failure);
        }
    }

    /** Measures, and sheds load in rooms whether the control plane is there or not. */
    private void eachSecond() {
        measured = meter.measure();
        var next = overload.after(measured.busiest());
        if (next != shedding) {
            LOG.warn("the busiest shard takes {} of a processor: now {} is shed", measured.busiest(), next);
            shedding = next;
            rooms.shed(next, "the node has too much to do");
        }
    }

    /** {@code address:port} as clients reach the media port, the preferred one first. */
    public List<String> endpoints() {
        return transport.candidates().stream()
                .filter(candidate -> candidate.protocol() == Candidate.Protocol.UDP)
                .map(MediaNode::endpoint)
                .toList();
    }

    private static String endpoint(Candidate candidate) {
        String host = candidate.address().getHostAddress().replaceFirst("%.*", "");
        return (candidate.address() instanceof Inet6Address ? "[" + host + "]" : host) + ":" + candidate.port();
    }

    /** Whether participants can be sent here: attached, healthy, and not about to end. */
    public boolean isReady() {
        return complaint().isEmpty();
    }

    /** Whether the control plane has taken this node in. */
    public boolean isAttached() {
        return link.isAttached();
    }

    /** Lets nobody in any more. Completes when the last participant has gone, or the wait for them is over. */
    public CompletableFuture<Void> drain() {
        return draining.begin();
    }

    /** Completes when this node was told to go away and has nobody left, whoever told it. */
    public CompletableFuture<Void> drained() {
        return draining.empty();
    }

    /** Ends everything; whoever is still here loses their media. Idempotent. */
    @Override
    public void close() {
        operators.close();
        closeParts();
    }

    private void closeParts() {
        seconds.shutdownNow();
        draining.close();
        link.close();
        selfCall.close();
        transport.close();
        metrics.close();
    }

    /** The port of metrics, health and debugging. */
    public int operatorPort() {
        return operators.port();
    }

    /** Why nobody should be sent here; empty when nothing speaks against it. */
    private String complaint() {
        if (draining.isDraining()) {
            return "draining";
        }
        if (!link.isAttached()) {
            return "not attached to the control plane";
        }
        return selfCall.last().reason();
    }

    /** What the link is told of this node. */
    private final class Self implements ControlLink.Node {
        @Override
        public Registration registration() {
            return Registration.newBuilder()
                    .setNodeId(config.id())
                    .setIncarnation(incarnation)
                    .setRegion(config.region())
                    .setVersion(VERSION)
                    .setProtocol(PROTOCOL)
                    .addAllEndpoints(endpoints())
                    .setCores(transport.shards().size())
                    .setParticipantLimit(config.capacity().participants())
                    .build();
        }

        @Override
        public Load load() {
            var rates = measured;
            int participants = rooms.participantCount();
            double bandwidth = (double) Math.max(rates.bitsIn(), rates.bitsOut())
                    / config.capacity().bitsPerSecond();
            double seats = (double) participants / config.capacity().participants();
            return Load.newBuilder()
                    .setLoad(Math.min(1, Math.max(rates.busiest(), Math.max(bandwidth, seats))))
                    .setRooms(rooms.roomCount())
                    .setParticipants(participants)
                    .setPacketsInPerSecond(rates.packetsIn())
                    .setPacketsOutPerSecond(rates.packetsOut())
                    .setBitsInPerSecond(rates.bitsIn())
                    .setBitsOutPerSecond(rates.bitsOut())
                    .setHealthy(selfCall.last().healthy())
                    .setUnhealthyReason(selfCall.last().reason())
                    .setDraining(draining.isDraining())
                    .build();
        }

        @Override
        public boolean isDraining() {
            return draining.isDraining();
        }

        @Override
        public void drain() {
            var _ = draining.begin();
        }

        @Override
        public CompletableFuture<String> inspect(String room) {
            return room.isEmpty()
                    ? rooms.snapshots().thenApply(Json::of)
                    : rooms.snapshot(room)
                            .thenApply(found -> found.map((RoomSnapshot one) -> Json.of(one))
                                    .orElse(""));
        }
    }
}
