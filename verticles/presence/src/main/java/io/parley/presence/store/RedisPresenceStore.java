package io.parley.presence.store;

import io.parley.kernel.store.RedisScript;
import io.parley.presence.domain.Activity;
import io.parley.presence.domain.UserState;
import io.parley.presence.domain.Wish;
import io.parley.schema.Limits;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Presence in Redis: one hash per user, one zset per shard for what runs out next. Keys:
 * {@code shared-schema/redis/KEYS.md}.
 */
public final class RedisPresenceStore implements PresenceStore {
    /** Fixed: it is part of where things are. */
    private static final int SHARDS = 16;

    private static final String KEEP_MILLIS = Long.toString(Duration.ofDays(90).toMillis());
    private static final char SEPARATOR = '\n'; // in no tenant or user id

    private final Redis redis;
    private final RedisScript touch;
    private final RedisScript prefer;

    public RedisPresenceStore(Redis redis) {
        this.redis = redis;
        this.touch = RedisScript.load("presence-touch");
        this.prefer = RedisScript.load("presence-prefer");
    }

    @Override
    public Future<Void> apply(
            Map<UserKey, List<Lease>> leases, long nowWallMillis, Consumer<Map<UserKey, UserState>> changed) {
        Map<Integer, List<UserKey>> byShard = new HashMap<>();
        leases.keySet()
                .forEach(user -> byShard.computeIfAbsent(shardOf(user), _ -> new ArrayList<>())
                        .add(user));
        return Future.join(parts(byShard).stream()
                        .map(part -> touch(part, leases, nowWallMillis).onSuccess(changed::accept))
                        .toList())
                .mapEmpty();
    }

    /** One script after the other: a sweep holds nobody up for longer than one of them takes. */
    @Override
    public Future<Void> expire(long nowWallMillis, int usersMax, Consumer<Map<UserKey, UserState>> changed) {
        List<Request> due = new ArrayList<>(SHARDS);
        for (int shard = 0; shard < SHARDS; shard++) {
            due.add(Request.cmd(Command.ZRANGE)
                    .arg(dueKey(shard))
                    .arg("-inf")
                    .arg(nowWallMillis)
                    .arg("BYSCORE")
                    .arg("LIMIT")
                    .arg(0)
                    .arg(usersMax));
        }
        return redis.batch(due).compose(found -> {
            Map<Integer, List<UserKey>> byShard = new LinkedHashMap<>();
            for (int shard = 0; shard < SHARDS; shard++) {
                byShard.put(shard, users(found.get(shard)));
            }
            Future<Void> done = Future.succeededFuture();
            for (Part part : parts(byShard)) {
                done = done.compose(_ -> touch(part, Map.of(), nowWallMillis))
                        .onSuccess(changed::accept)
                        .mapEmpty();
            }
            return done;
        });
    }

    /** What one script does: a few users of one shard. */
    private record Part(int shard, List<UserKey> users) {}

    private static List<Part> parts(Map<Integer, List<UserKey>> byShard) {
        List<Part> parts = new ArrayList<>();
        byShard.forEach((shard, users) -> {
            for (int from = 0; from < users.size(); from += Limits.PRESENCE_SCRIPT_USERS_MAX) {
                int to = Math.min(users.size(), from + Limits.PRESENCE_SCRIPT_USERS_MAX);
                parts.add(new Part(shard, users.subList(from, to)));
            }
        });
        return parts;
    }

    private static List<UserKey> users(@Nullable Response members) {
        List<UserKey> users = new ArrayList<>();
        for (Response member : Objects.requireNonNull(members, "a range is never nil")) {
            users.add(userOf(member.toString()));
        }
        return users;
    }

    private Future<Map<UserKey, UserState>> touch(Part part, Map<UserKey, List<Lease>> leases, long nowWallMillis) {
        int shard = part.shard();
        List<UserKey> users = part.users();
        List<String> keys = new ArrayList<>(users.size() + 1);
        List<String> arguments = new ArrayList<>();
        keys.add(dueKey(shard));
        arguments.add(Long.toString(nowWallMillis));
        arguments.add(KEEP_MILLIS);
        for (UserKey user : users) {
            keys.add(userKey(shard, user));
            List<Lease> changes = leases.getOrDefault(user, List.of());
            arguments.add(user.tenant() + SEPARATOR + user.userId());
            arguments.add(Integer.toString(changes.size()));
            for (Lease lease : changes) {
                arguments.add(lease.device());
                arguments.add(String.valueOf(lease.activity().letter()));
                arguments.add(Long.toString(lease.expiresAtMillis()));
            }
        }
        return touch.run(redis, keys, arguments).map(changed -> {
            Map<UserKey, UserState> states = new LinkedHashMap<>();
            for (Response row : changed) {
                UserKey user = users.get(Integer.parseInt(row.get(0).toString()));
                states.put(user, state(row.get(1), row.get(2), row.get(3)));
            }
            return states;
        });
    }

    @Override
    public Future<UserState> prefer(UserKey user, Wish wish, long nowWallMillis) {
        return prefer.run(
                        redis,
                        List.of(userKey(shardOf(user), user)),
                        List.of(wish.encoded(), Long.toString(nowWallMillis), KEEP_MILLIS))
                .map(row -> state(row.get(0), row.get(1), row.get(2)));
    }

    @Override
    public Future<List<UserState>> read(List<UserKey> users) {
        List<Request> reads = users.stream()
                .map(user -> Request.cmd(Command.HMGET)
                        .arg(userKey(shardOf(user), user))
                        .arg("auto")
                        .arg("seen")
                        .arg("pref"))
                .toList();
        return redis.batch(reads)
                .map(rows -> rows.stream()
                        .map(row -> Objects.requireNonNull(row, "HMGET always answers"))
                        .map(row -> state(row.get(0), row.get(1), row.get(2)))
                        .toList());
    }

    private static UserState state(@Nullable Response automatic, @Nullable Response seen, @Nullable Response wish) {
        return new UserState(
                automatic == null
                        ? Activity.NONE
                        : Activity.of(automatic.toString().charAt(0)),
                seen == null ? 0 : Long.parseLong(seen.toString()),
                wish == null ? Wish.AUTOMATIC : Wish.decoded(wish.toString()));
    }

    private static UserKey userOf(String member) {
        int separator = member.indexOf(SEPARATOR);
        return new UserKey(member.substring(0, separator), member.substring(separator + 1));
    }

    static int shardOf(UserKey user) {
        return Math.floorMod(user.hashCode(), SHARDS);
    }

    private static String dueKey(int shard) {
        return "parley:{pres:" + shard + "}:due";
    }

    private static String userKey(int shard, UserKey user) {
        return "parley:{pres:" + shard + "}:u:" + user.tenant() + ":" + user.userId();
    }
}
