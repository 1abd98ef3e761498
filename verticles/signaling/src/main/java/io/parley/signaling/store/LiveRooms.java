package io.parley.signaling.store;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;
import com.google.protobuf.util.Timestamps;
import io.parley.kernel.bus.Refusal;
import io.parley.kernel.store.RedisScript;
import io.parley.schema.Limits;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.Participant;
import io.parley.schema.v1.Push;
import io.parley.schema.v1.Seat;
import io.parley.signaling.domain.RoomKey;
import io.parley.signaling.live.LiveRoom;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who is in rooms, and the newest events of their streams, in Redis. A change is read, decided here, and committed only
 * if nobody changed the room in between; else it is decided again.
 */
public final class LiveRooms {
    private static final Logger LOG = LoggerFactory.getLogger(LiveRooms.class);
    private static final int ATTEMPTS = 20;
    private static final String PERSON = "p:";

    private final Redis redis;
    private final Supplier<String> epochs;
    private final String keepMillis;
    private final RedisScript commit = RedisScript.load("room-commit");

    /** {@code epochs} gives a fresh epoch for the stream of a room that has no state yet. */
    public LiveRooms(Redis redis, Supplier<String> epochs, Duration kept) {
        this.redis = redis;
        this.epochs = epochs;
        this.keepMillis = Long.toString(kept.toMillis());
    }

    /** Where a stream stands, and its newest events, oldest first. */
    public record Recent(LiveRoom room, List<Push> events) {}

    /** The room's state; one that nobody entered yet is made, so that its stream has a beginning. */
    public Future<LiveRoom> open(RoomKey key) {
        return find(key)
                .compose(found -> found.isPresent()
                        ? Future.succeededFuture(found.get())
                        : change(key, LiveRoom::unchanged).map(LiveRoom.Change::after));
    }

    public Future<Optional<LiveRoom>> find(RoomKey key) {
        return answered(redis.send(Request.cmd(Command.HGETALL).arg(live(key)))).map(LiveRooms::room);
    }

    /** States of many rooms, in the order of {@code keys}; empty where there is none. */
    public Future<List<Optional<LiveRoom>>> findAll(List<RoomKey> keys) {
        if (keys.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        return answered(redis.batch(keys.stream()
                        .map(key -> Request.cmd(Command.HGETALL).arg(live(key)))
                        .toList()))
                .map(rows -> rows.stream().map(LiveRooms::room).toList());
    }

    public Future<Optional<Recent>> recent(RoomKey key, int limit) {
        return answered(redis.batch(List.of(
                        Request.cmd(Command.HGETALL).arg(live(key)),
                        Request.cmd(Command.LRANGE).arg(events(key)).arg(-limit).arg(-1))))
                .map(rows -> room(rows.get(0)).map(room -> new Recent(room, pushes(rows.get(1)))));
    }

    /**
     * Commits what {@code decide} makes of the present state, and gives it. It may be called several times. A refusal
     * that it throws is the answer; a decision without events on a stored room writes nothing.
     */
    public Future<LiveRoom.Change> change(RoomKey key, Function<LiveRoom, LiveRoom.Change> decide) {
        return attempt(key, decide, 1);
    }

    private Future<LiveRoom.Change> attempt(RoomKey key, Function<LiveRoom, LiveRoom.Change> decide, int attempt) {
        return find(key)
                .map(found -> found.orElseGet(() -> LiveRoom.fresh(epochs.get())))
                .compose(before -> {
                    LiveRoom.Change change = decide.apply(before);
                    if (change.events().isEmpty() && before.revision() > 0) {
                        return Future.succeededFuture(change);
                    }
                    return answered(commit.run(redis, List.of(live(key), events(key)), arguments(before, change)))
                            .compose(done -> done.toString().equals("1")
                                    ? Future.succeededFuture(change)
                                    : again(key, decide, attempt));
                });
    }

    private Future<LiveRoom.Change> again(RoomKey key, Function<LiveRoom, LiveRoom.Change> decide, int attempt) {
        return attempt < ATTEMPTS
                ? attempt(key, decide, attempt + 1)
                : Future.failedFuture(Refusal.after(ErrorCode.OVERLOADED, Limits.STORE_RETRY_AFTER_MILLIS));
    }

    private List<String> arguments(LiveRoom before, LiveRoom.Change change) {
        List<String> sets = new ArrayList<>(List.of(
                "epoch",
                change.after().epoch(),
                "head",
                Long.toString(change.after().head())));
        change.after().participants().forEach((id, participant) -> {
            if (!participant.equals(before.participants().get(id))) {
                sets.add(PERSON + id);
                sets.add(text(participant));
            }
        });
        List<String> gone = before.participants().keySet().stream()
                .filter(id -> change.after().find(id).isEmpty())
                .map(id -> PERSON + id)
                .toList();
        List<String> arguments = new ArrayList<>();
        arguments.add(Long.toString(before.revision()));
        arguments.add(keepMillis);
        arguments.add(Integer.toString(Limits.EVENTS_PER_READ_MAX));
        arguments.add(Integer.toString(sets.size() / 2));
        arguments.addAll(sets);
        arguments.add(Integer.toString(gone.size()));
        arguments.addAll(gone);
        change.events().forEach(event -> arguments.add(text(event)));
        return arguments;
    }

    /** What a participant's media is at the moment; empty when no node has said anything yet. */
    public Future<Optional<Seat>> seat(RoomKey key, String participantId) {
        return answered(redis.send(Request.cmd(Command.HGET).arg(seats(key)).arg(participantId)))
                .map(value -> Optional.ofNullable(value).map(text -> parsed(Seat.parser(), text.toString())));
    }

    public Future<Void> keepSeat(RoomKey key, Seat seat) {
        return answered(redis.batch(List.of(
                        Request.cmd(Command.HSET)
                                .arg(seats(key))
                                .arg(seat.getParticipantId())
                                .arg(text(seat)),
                        Request.cmd(Command.PEXPIRE).arg(seats(key)).arg(keepMillis))))
                .mapEmpty();
    }

    public Future<Void> dropSeats(RoomKey key, List<String> participantIds) {
        if (participantIds.isEmpty()) {
            return Future.succeededFuture();
        }
        Request request = Request.cmd(Command.HDEL).arg(seats(key));
        participantIds.forEach(request::arg);
        return answered(redis.send(request)).mapEmpty();
    }

    private static Optional<LiveRoom> room(@Nullable Response hash) {
        if (hash == null || !hash.containsKey("epoch")) {
            return Optional.empty();
        }
        Map<String, Participant> people = new LinkedHashMap<>();
        hash.getKeys().stream()
                .filter(field -> field.startsWith(PERSON))
                .map(field -> parsed(Participant.parser(), hash.get(field).toString()))
                .sorted(Comparator.comparing(Participant::getJoinedAt, Timestamps.comparator())
                        .thenComparing(Participant::getId))
                .forEach(who -> people.put(who.getId(), who));
        return Optional.of(new LiveRoom(
                Long.parseLong(hash.get("rev").toString()),
                hash.get("epoch").toString(),
                Long.parseLong(hash.get("head").toString()),
                people));
    }

    private static List<Push> pushes(@Nullable Response list) {
        List<Push> pushes = new ArrayList<>();
        for (Response event : Objects.requireNonNull(list, "a range is never nil")) {
            pushes.add(parsed(Push.parser(), event.toString()));
        }
        return pushes;
    }

    private static String text(MessageLite message) {
        return Base64.getEncoder().encodeToString(message.toByteArray());
    }

    private static <T> T parsed(Parser<T> parser, String text) {
        try {
            return parser.parseFrom(Base64.getDecoder().decode(text));
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalStateException("what was stored of a room cannot be read", broken);
        }
    }

    private static <T extends @Nullable Object> Future<T> answered(Future<T> answer) {
        return answer.recover(failure -> {
            LOG.warn("room store failed: {}", failure.toString());
            return Future.failedFuture(Refusal.after(ErrorCode.UNAVAILABLE, Limits.STORE_RETRY_AFTER_MILLIS));
        });
    }

    private static String live(RoomKey key) {
        return slot(key) + "live";
    }

    private static String events(RoomKey key) {
        return slot(key) + "events";
    }

    private static String seats(RoomKey key) {
        return slot(key) + "seats";
    }

    private static String slot(RoomKey key) {
        return "parley:{room:" + key.tenant() + ":" + key.id() + "}:";
    }
}
