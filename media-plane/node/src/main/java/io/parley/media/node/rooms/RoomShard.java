package io.parley.media.node.rooms;

import io.parley.media.node.sdp.LocalTerms;
import io.parley.media.node.sdp.Negotiation;
import io.parley.media.node.sdp.Offer;
import io.parley.media.sfu.room.Room;
import io.parley.media.sfu.room.RoomOptions;
import io.parley.media.sfu.room.RoomSnapshot;
import io.parley.media.sfu.room.Shedding;
import io.parley.media.sfu.room.Wishes;
import io.parley.media.transport.IceCredentials;
import io.parley.media.transport.MediaTransport;
import io.parley.media.transport.PeerSettings;
import io.parley.media.transport.Shard;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The rooms on one shard; owned by its thread, which is the only one to call anything here but {@link #run}. */
final class RoomShard {
    private final MediaTransport transport;
    private final Shard shard;
    private final SecureRandom random;
    private final LongSupplier wallMillis;
    private final RoomListener listener;
    private final Map<String, MemberRoom> rooms = new LinkedHashMap<>();
    private Room[] all = {};
    private Shedding shedding = Shedding.NONE;
    private String sheddingReason = "";
    private RoomSnapshot.Totals closed = RoomSnapshot.Totals.NONE;
    private volatile int roomCount;
    private volatile int participantCount;

    RoomShard(
            MediaTransport transport,
            Shard shard,
            SecureRandom random,
            LongSupplier wallMillis,
            RoomListener listener) {
        this.transport = transport;
        this.shard = shard;
        this.random = random;
        this.wallMillis = wallMillis;
        this.listener = listener;
    }

    /** One room and who is in it, by name. */
    record MemberRoom(Room room, Map<String, Member> members) {}

    void start() {
        shard.execute(() -> shard.eachTurn(this::turn));
    }

    private long turn(long nowNanos) {
        long wait = Long.MAX_VALUE;
        for (var room : all) {
            wait = Math.min(wait, room.turn(nowNanos));
        }
        return wait;
    }

    /** Does {@code work} on this shard's thread. Any thread. */
    <T> CompletableFuture<T> run(Function<RoomShard, T> work) {
        var answer = new CompletableFuture<T>();
        shard.execute(() -> {
            try {
                answer.complete(work.apply(this));
            } catch (RuntimeException | Error failure) { // whoever waits must hear of it, whatever it is
                answer.completeExceptionally(failure);
            }
        });
        return answer;
    }

    String join(Joining joining, Offer offer) {
        var before = rooms.get(joining.room());
        if (before == null && rooms.size() == Limits.ROOMS_PER_SHARD) {
            throw new IllegalStateException("this node holds no more rooms");
        }
        if (before != null && before.members.containsKey(joining.participant())) {
            throw new IllegalArgumentException("participant " + joining.participant() + " is here already");
        }
        var ice = IceCredentials.fresh(random);
        var terms = new LocalTerms(ice, transport.fingerprint(), transport.candidates(), random.nextInt(), 1);
        var negotiation = Negotiation.of(offer, terms);
        var settings = new PeerSettings(ice, offer.ufrag(), offer.fingerprint(), offer.role());
        var room = before == null ? open(joining.room()) : before;
        var member = new Member(this, joining, settings, terms);
        try {
            member.begin(room.room, transport.expect(settings, shard, member), negotiation);
            room.members.put(joining.participant(), member);
            recount();
        } finally {
            closeIfEmpty(joining.room());
        }
        return negotiation.answer();
    }

    private MemberRoom open(String name) {
        var options = RoomOptions.of(name, wallMillis.getAsLong(), shard.nowNanos(), random);
        var room = new MemberRoom(new Room(options, new ToldEvents(name, listener)), new LinkedHashMap<>());
        room.room.shed(shedding, sheddingReason);
        rooms.put(name, room);
        refresh();
        return room;
    }

    private void closeIfEmpty(String name) {
        var room = rooms.get(name);
        if (room != null && room.members.isEmpty()) {
            closed = closed.plus(room.room.snapshot(shard.nowNanos()).totals());
            room.room.close();
            rooms.remove(name);
            refresh();
        }
    }

    private void refresh() {
        all = rooms.values().stream().map(MemberRoom::room).toArray(Room[]::new);
        roomCount = all.length;
    }

    private void recount() {
        participantCount =
                rooms.values().stream().mapToInt(room -> room.members.size()).sum();
    }

    /** Any thread. */
    int roomCount() {
        return roomCount;
    }

    /** Any thread. */
    int participantCount() {
        return participantCount;
    }

    boolean leave(String roomName, String participant) {
        var member = find(roomName, participant);
        if (member != null) {
            member.end();
        }
        return member != null;
    }

    /** Forgets a member whose transport has ended. */
    void left(Member member) {
        var room = rooms.get(member.roomName());
        if (room != null && room.members.remove(member.name(), member)) {
            recount();
            closeIfEmpty(member.roomName());
        }
    }

    boolean wish(String roomName, String participant, Wishes wishes) {
        member(roomName, participant).wish(wishes);
        return true;
    }

    boolean close(String roomName) {
        var room = rooms.get(roomName);
        if (room != null) {
            List.copyOf(room.members.values()).forEach(Member::end); // the last one takes the room along
        }
        return room != null;
    }

    boolean shed(Shedding level, String reason) {
        shedding = level;
        sheddingReason = reason;
        rooms.values().forEach(room -> room.room.shed(level, reason));
        return true;
    }

    boolean capture(String roomName, String participant, Capture capture) {
        var member = find(roomName, participant);
        if (member != null) {
            member.capture(capture);
        }
        return member != null;
    }

    byte[] endCapture(String roomName, String participant, Capture capture) {
        var member = find(roomName, participant);
        if (member != null && member.isCapturing(capture)) {
            member.capture(null);
        }
        return capture.bytes();
    }

    List<Session> sessions() {
        return rooms.values().stream()
                .flatMap(room -> room.members.values().stream())
                .map(member -> new Session(member.roomName(), member.name()))
                .toList();
    }

    Optional<RoomSnapshot> snapshot(String roomName) {
        return Optional.ofNullable(rooms.get(roomName)).map(room -> room.room.snapshot(shard.nowNanos()));
    }

    List<RoomSnapshot> snapshots() {
        return rooms.values().stream()
                .map(room -> room.room.snapshot(shard.nowNanos()))
                .toList();
    }

    /** Of all rooms that are and were here. */
    RoomSnapshot.Totals totals() {
        var sum = closed;
        for (var room : rooms.values()) {
            sum = sum.plus(room.room.snapshot(shard.nowNanos()).totals());
        }
        return sum;
    }

    List<String> participants(String roomName) {
        var room = rooms.get(roomName);
        return room == null ? List.of() : List.copyOf(room.members.keySet());
    }

    /** Throws IllegalArgumentException when they are not here. */
    Member member(String roomName, String participant) {
        var member = find(roomName, participant);
        if (member == null) {
            throw new IllegalArgumentException("participant " + participant + " is not in room " + roomName);
        }
        return member;
    }

    private @Nullable Member find(String roomName, String participant) {
        var room = rooms.get(roomName);
        return room == null ? null : room.members.get(participant);
    }

    RoomListener listener() {
        return listener;
    }

    IceCredentials freshCredentials() {
        return IceCredentials.fresh(random);
    }
}
