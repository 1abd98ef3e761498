package io.parley.gateway.streams;

import static io.parley.kernel.fanout.FanoutContracts.keyOf;
import static io.parley.kernel.fanout.FanoutContracts.streamOf;

import io.parley.kernel.fanout.ShardMap;
import io.parley.schema.StreamId;
import io.parley.schema.bus.v1.Publication;
import io.parley.schema.bus.v1.Publications;
import io.parley.schema.bus.v1.StreamHead;
import io.parley.schema.bus.v1.StreamRead;
import io.parley.schema.v1.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * All streams of this node: receives their events in whatever state the bus leaves them, makes them whole, and hands
 * them to the event loops that have subscribers. Owned by one event loop; knows nothing of sockets.
 */
final class Hub implements Repairs.Hub, Openings.Hub {
    private final HubParts parts;
    private final Map<StreamId, LocalStream> streams = new HashMap<>();
    private final Interests interests;
    private final Repairs repairs;
    private final HeadProbe probe;
    private final Openings openings;

    Hub(HubParts parts, Consumer<Runnable> endOfTurn) {
        this.parts = parts;
        this.interests = new Interests(parts.nodeId(), parts.links(), endOfTurn, this::heard);
        this.repairs = new Repairs(parts, interests, this);
        this.probe = new HeadProbe(parts, this::heard);
        this.openings = new Openings(parts, interests, this);
    }

    void open(Opening opening) {
        StreamId id = opening.subscription().stream();
        LocalStream stream = streams.computeIfAbsent(id, LocalStream::new);
        Group group = stream.groups().computeIfAbsent(opening.outlet(), outlet -> new Group(id, outlet));
        group.holders++;
        opening.outlet().register(group, opening.subscription());
        openings.open(stream, opening);
        parts.meters().streams(streams.size());
    }

    /** One subscription of the group is over. */
    void release(Group group) {
        group.holders--;
        LocalStream stream = streams.get(group.stream());
        if (group.holders > 0 || stream == null || !stream.groups().remove(group.outlet(), group)) {
            return;
        }
        if (stream.idle()) {
            stream.idleSinceMillis = parts.nowMillis();
        }
    }

    void receive(Publications batch) {
        for (Publication publication : batch.getItemsList()) {
            LocalStream stream = streams.get(streamOf(publication.getKey()));
            if (stream != null) {
                take(stream, StreamEvent.of(publication.getPush(), publication.getPublishedWallMillis()));
            }
        }
        parts.meters().received(batch.getItemsCount());
    }

    @Override
    public void take(LocalStream stream, StreamEvent event) {
        if (event.ephemeral()) {
            deliver(stream, List.of(event));
        } else if (stream.placed() && !stream.sameEpoch(event.push().getEpoch())) {
            verify(stream);
        } else {
            deliver(stream, stream.take(event));
            repairs.want(stream);
        }
    }

    private void deliver(LocalStream stream, List<StreamEvent> events) {
        if (events.isEmpty()) {
            return;
        }
        boolean ephemeral = events.getFirst().ephemeral();
        for (Group group : List.copyOf(stream.groups().values())) {
            if (!group.outlet().crowded()) {
                group.outlet().deliver(group, events);
            } else if (ephemeral) {
                parts.meters().dropped();
            } else {
                // Its sockets resume when the loop has caught up; holding ever more for them would end the process.
                lose(stream, group);
            }
        }
    }

    /** Somebody says that a stream stands further on. */
    private void heard(StreamHead head) {
        LocalStream stream = streams.get(streamOf(head.getKey()));
        Position position = head.getPosition();
        if (stream == null || !stream.placed()) {
            return;
        } else if (!stream.sameEpoch(position.getEpoch())) {
            verify(stream);
        } else if (stream.heardOf(position.getOffset())) {
            parts.meters().behind();
            repairs.want(stream);
        }
    }

    /** An event or a head of another epoch: late or new? The log decides. */
    private void verify(LocalStream stream) {
        if (stream.verifying) {
            return;
        }
        stream.verifying = true;
        StreamRead read = StreamRead.newBuilder().setKey(keyOf(stream.id())).build();
        parts.links()
                .log(read)
                .onComplete(
                        slice -> {
                            stream.verifying = false;
                            if (stream.placed()
                                    && !stream.sameEpoch(slice.getHead().getEpoch())) {
                                lose(stream);
                            }
                        },
                        _ -> stream.verifying = false); // the next event or head asks again
    }

    @Override
    public void lose(LocalStream stream) {
        List.copyOf(stream.groups().values()).forEach(group -> lose(stream, group));
        stream.displace();
    }

    private void lose(LocalStream stream, Group group) {
        stream.groups().remove(group.outlet(), group);
        group.outlet().lose(group);
        if (stream.idle()) {
            stream.idleSinceMillis = parts.nowMillis();
        }
    }

    @Override
    public void standsAt(LocalStream stream, Position head, Runnable attach) {
        if (stream.placed() && !stream.sameEpoch(head.getEpoch())) {
            lose(stream); // this opening is among the lost: its socket resumes and finds the new epoch
        }
        if (stream.placed()) {
            attach.run();
            stream.heardOf(head.getOffset());
        } else {
            List<StreamEvent> behind = stream.place(head);
            attach.run();
            deliver(stream, behind);
        }
        probe.track(stream);
        repairs.want(stream);
    }

    /** Publications may have been lost on the way to the owner that is gone, so the log is asked soon. */
    void ownersAre(ShardMap owners) {
        List<LocalStream> moved = interests.ownersAre(owners);
        probe.hurry(moved.stream().filter(stream -> !stream.id().ephemeral()).toList());
    }

    void digest() {
        interests.digestAll();
    }

    /** Called a few times a second: forgets streams that nobody missed, and asks for heads. */
    void tick() {
        long oldest = parts.nowMillis() - parts.config().linger().toMillis();
        List<LocalStream> forgotten = new ArrayList<>();
        for (LocalStream stream : streams.values()) {
            if (stream.idle() && stream.idleSinceMillis <= oldest) {
                forgotten.add(stream);
            }
        }
        for (LocalStream stream : forgotten) {
            interests.withdraw(stream);
            stream.displace();
            streams.remove(stream.id());
        }
        probe.tick();
        parts.meters().streams(streams.size());
    }
}
