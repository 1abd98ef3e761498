package io.parley.presence.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.presence.domain.Activity;
import io.parley.presence.domain.UserState;
import io.parley.presence.domain.Wish;
import io.parley.presence.store.PresenceStore.Lease;
import io.parley.presence.store.PresenceStore.UserKey;
import io.parley.testkit.TestRedis;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(TestRedis.class)
class RedisPresenceStoreIT {
    private static final long T0 = 1_000_000;
    private final UserKey ann = new UserKey("t1", "ann-" + UUID.randomUUID());
    private final RedisPresenceStore store;
    private final TestRedis redis;

    RedisPresenceStoreIT(TestRedis redis) {
        this.redis = redis;
        this.store = new RedisPresenceStore(redis.client());
    }

    @BeforeEach
    void scriptsAreUnknownAfterARestart() {
        redis.client().send(Request.cmd(Command.SCRIPT).arg("FLUSH")).await();
    }

    @Test
    void aUserIsOnlineWhileAnyDeviceIs_andEachChangeIsToldOnce() {
        assertEquals(
                Activity.ONLINE,
                change(lease("phone", Activity.ONLINE, T0 + 100)).automatic());
        assertUnchanged(lease("laptop", Activity.AWAY, T0 + 500));
        assertEquals(Map.of(), expired(T0 + 99, 100));
        var afterPhone = expired(T0 + 100, 100);
        assertEquals(Activity.AWAY, state(afterPhone).automatic());
        assertEquals(Map.of(), expired(T0 + 101, 100), "told already");
        var afterLaptop = expired(T0 + 500, 100);
        assertEquals(new UserState(Activity.NONE, T0 + 100, Wish.AUTOMATIC), withoutSeen(state(afterLaptop), T0 + 100));
    }

    @Test
    void aClosedDeviceRunsOutSoonerButNeverLater() {
        change(lease("phone", Activity.ONLINE, T0 + 1_000));
        assertUnchanged(lease("phone", Activity.NONE, T0 + 50));
        assertUnchanged(lease("phone", Activity.NONE, T0 + 5_000));
        assertEquals(Activity.NONE, state(expired(T0 + 50, 100)).automatic());
    }

    @Test
    void aReconnectWithinTheGraceShowsNothing() {
        change(lease("phone/s1", Activity.ONLINE, T0 + 1_000));
        assertUnchanged(lease("phone/s1", Activity.NONE, T0 + 50));
        assertUnchanged(lease("phone/s2", Activity.ONLINE, T0 + 1_000));
        assertEquals(Map.of(), expired(T0 + 60, 100));
    }

    @Test
    void lastSeenOfTheInvisibleStandsStill() {
        change(lease("phone", Activity.ONLINE, T0 + 9_000));
        var hidden =
                store.prefer(ann, new Wish(Activity.INVISIBLE, "", 0), T0 + 10).await();
        assertEquals(T0 + 10, hidden.lastSeenMillis());
        var gone = state(expired(T0 + 9_000, 100));
        assertEquals(T0 + 10, gone.lastSeenMillis());
    }

    @Test
    void twoSweepersTellAChangeOnce() {
        Map<UserKey, List<Lease>> many = new HashMap<>();
        for (int i = 0; i < 200; i++) {
            many.put(new UserKey("t1", ann.userId() + i), List.of(lease("d", Activity.ONLINE, T0 + 10)));
        }
        assertEquals(200, applied(many).size());
        AtomicInteger told = new AtomicInteger();
        Consumer<Map<UserKey, UserState>> count = changed -> told.addAndGet(changed.size());
        Future.all(
                        store.expire(T0 + 10, 500, count),
                        store.expire(T0 + 10, 500, count),
                        store.expire(T0 + 10, 500, count))
                .await();
        assertEquals(200, told.get());
    }

    /** Redis does nothing else while a script runs, so that none may be long, and no more than one may wait. */
    @Test
    void aSweepIsDoneInShortScriptsOneAfterTheOther() {
        Map<UserKey, List<Lease>> many = manyOfOneShard(250);
        applied(many);
        var watched = new WatchedRedis(redis.client(), Integer.MAX_VALUE);
        Map<UserKey, UserState> told = new HashMap<>();
        new RedisPresenceStore(watched).expire(T0 + 10, 500, told::putAll).await();
        assertEquals(many.keySet(), told.keySet());
        assertEquals(List.of(100, 100, 50), watched.usersPerScript());
        assertEquals(1, watched.atOnceMost());
    }

    @Test
    void aSweepThatFailsHalfWayHasToldWhatItDid_andTheNextDoesTheRest() {
        Map<UserKey, List<Lease>> many = manyOfOneShard(250);
        applied(many);
        Map<UserKey, UserState> told = new HashMap<>();
        var failing = new RedisPresenceStore(new WatchedRedis(redis.client(), 1));
        Future<Void> sweep = failing.expire(T0 + 10, 500, told::putAll);
        assertThrows(IllegalStateException.class, sweep::await);
        assertEquals(100, told.size());
        Map<UserKey, UserState> rest = expired(T0 + 10, 500);
        assertEquals(150, rest.size());
        told.putAll(rest);
        assertEquals(many.keySet(), told.keySet(), "each once");
    }

    private Map<UserKey, List<Lease>> manyOfOneShard(int count) {
        Map<UserKey, List<Lease>> many = new HashMap<>();
        int shard = RedisPresenceStore.shardOf(ann);
        for (int i = 0; many.size() < count; i++) {
            UserKey user = new UserKey("t1", ann.userId() + i);
            if (RedisPresenceStore.shardOf(user) == shard) {
                many.put(user, List.of(lease("d", Activity.ONLINE, T0 + 10)));
            }
        }
        return many;
    }

    private Map<UserKey, UserState> applied(Map<UserKey, List<Lease>> leases) {
        Map<UserKey, UserState> changed = new ConcurrentHashMap<>();
        store.apply(leases, T0, changed::putAll).await();
        return changed;
    }

    private Map<UserKey, UserState> expired(long now, int usersMax) {
        Map<UserKey, UserState> changed = new ConcurrentHashMap<>();
        store.expire(now, usersMax, changed::putAll).await();
        return changed;
    }

    @Test
    void whatWasWishedIsReadBack_andStrangersAreUnknown() {
        var wish = new Wish(Activity.AWAY, "in a meeting", T0 + 77);
        store.prefer(ann, wish, T0).await();
        var read = store.read(List.of(ann, new UserKey("t2", ann.userId()))).await();
        assertEquals(wish, read.get(0).wish());
        assertEquals(UserState.UNKNOWN, read.get(1), "another tenant's user of the same name");
    }

    /** R48: about 200 bytes per online user. */
    @Test
    void anOnlineUserCostsAboutTwoHundredBytes() {
        change(new Lease("d_01HZX3K6V7/s_01HZX3K6V8", Activity.ONLINE, T0 + 60_000));
        long bytes = redis.client()
                .send(Request.cmd(Command.EVAL)
                        .arg("return redis.call('MEMORY', 'USAGE', redis.call('KEYS', '*" + ann.userId() + "')[1])")
                        .arg(0))
                .map(answer -> Long.parseLong(String.valueOf(answer)))
                .await();
        assertTrue(bytes <= 260, bytes + " bytes");
    }

    private static UserState withoutSeen(UserState state, long seen) {
        return new UserState(state.automatic(), seen, state.wish());
    }

    private static Lease lease(String device, Activity activity, long expiresAt) {
        return new Lease(device, activity, expiresAt);
    }

    private UserState change(Lease lease) {
        return state(applied(Map.of(ann, List.of(lease))));
    }

    private void assertUnchanged(Lease lease) {
        assertEquals(Map.of(), applied(Map.of(ann, List.of(lease))));
    }

    private UserState state(Map<UserKey, UserState> changed) {
        assertTrue(changed.containsKey(ann), () -> "nothing told of " + ann + " in " + changed);
        return changed.get(ann);
    }
}
