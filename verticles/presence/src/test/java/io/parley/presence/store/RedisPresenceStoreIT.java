package io.parley.presence.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
        assertEquals(Map.of(), store.expire(T0 + 99, 100).await());
        var afterPhone = store.expire(T0 + 100, 100).await();
        assertEquals(Activity.AWAY, state(afterPhone).automatic());
        assertEquals(Map.of(), store.expire(T0 + 101, 100).await(), "told already");
        var afterLaptop = store.expire(T0 + 500, 100).await();
        assertEquals(new UserState(Activity.NONE, T0 + 100, Wish.AUTOMATIC), withoutSeen(state(afterLaptop), T0 + 100));
    }

    @Test
    void aClosedDeviceRunsOutSoonerButNeverLater() {
        change(lease("phone", Activity.ONLINE, T0 + 1_000));
        assertUnchanged(lease("phone", Activity.NONE, T0 + 50));
        assertUnchanged(lease("phone", Activity.NONE, T0 + 5_000));
        assertEquals(Activity.NONE, state(store.expire(T0 + 50, 100).await()).automatic());
    }

    @Test
    void aReconnectWithinTheGraceShowsNothing() {
        change(lease("phone/s1", Activity.ONLINE, T0 + 1_000));
        assertUnchanged(lease("phone/s1", Activity.NONE, T0 + 50));
        assertUnchanged(lease("phone/s2", Activity.ONLINE, T0 + 1_000));
        assertEquals(Map.of(), store.expire(T0 + 60, 100).await());
    }

    @Test
    void lastSeenOfTheInvisibleStandsStill() {
        change(lease("phone", Activity.ONLINE, T0 + 9_000));
        var hidden =
                store.prefer(ann, new Wish(Activity.INVISIBLE, "", 0), T0 + 10).await();
        assertEquals(T0 + 10, hidden.lastSeenMillis());
        var gone = state(store.expire(T0 + 9_000, 100).await());
        assertEquals(T0 + 10, gone.lastSeenMillis());
    }

    @Test
    void twoSweepersTellAChangeOnce() {
        Map<UserKey, List<Lease>> many = new HashMap<>();
        for (int i = 0; i < 200; i++) {
            many.put(new UserKey("t1", ann.userId() + i), List.of(lease("d", Activity.ONLINE, T0 + 10)));
        }
        assertEquals(200, store.apply(many, T0).await().size());
        var sweeps = List.of(store.expire(T0 + 10, 500), store.expire(T0 + 10, 500), store.expire(T0 + 10, 500));
        Future.all(sweeps).await();
        assertEquals(
                200, sweeps.stream().mapToInt(sweep -> sweep.result().size()).sum());
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
        return state(store.apply(Map.of(ann, List.of(lease)), T0).await());
    }

    private void assertUnchanged(Lease lease) {
        assertEquals(Map.of(), store.apply(Map.of(ann, List.of(lease)), T0).await());
    }

    private UserState state(Map<UserKey, UserState> changed) {
        assertTrue(changed.containsKey(ann), () -> "nothing told of " + ann + " in " + changed);
        return changed.get(ann);
    }
}
