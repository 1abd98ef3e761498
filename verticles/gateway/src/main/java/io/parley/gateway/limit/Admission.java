package io.parley.gateway.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.parley.kernel.auth.Principal;
import io.parley.kernel.bus.Refusal;
import io.parley.kernel.store.RedisScript;
import io.parley.schema.Clock;
import io.parley.schema.Limits;
import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.LimitPolicy;
import io.parley.schema.v1.Route;
import io.vertx.core.Future;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Lets requests in or not: one Redis round trip takes from all their buckets and learns of a revocation. Exact over all
 * gateways; while Redis does not answer, buckets of this process decide and revocations wait. Thread-safe.
 */
public final class Admission {
    private static final RedisScript SCRIPT = RedisScript.load("gateway-admit");

    private final Redis redis;
    private final Policies policies;
    private final Clock clock;
    private final MeterRegistry meters;
    private final LocalBuckets local;
    /** Until when an owner's bucket cannot hold a token: refusing before costs no round trip. */
    private final Cache<String, Long> emptyUntilNanos =
            Caffeine.newBuilder().maximumSize(Limits.LOCAL_BUCKETS_MAX).build();

    public Admission(Redis redis, Policies policies, Clock clock, MeterRegistry meters) {
        this.redis = redis;
        this.policies = policies;
        this.clock = clock;
        this.meters = meters;
        this.local = new LocalBuckets(clock);
    }

    /** Fails with RATE_LIMITED, or TOKEN_REVOKED. */
    public Future<Admitted> admit(Principal who, Route.Class routeClass) {
        return take(ownerOf(who), policies.of(who.tenant(), routeClass), ErrorCode.RATE_LIMITED, routeClass)
                .compose(taken -> who.issuedAtMillis() < taken.revokedBeforeMillis()
                        ? Future.failedFuture(Refusal.of(ErrorCode.TOKEN_REVOKED))
                        : Future.succeededFuture(levels(policies.of(who.tenant(), routeClass), taken)));
    }

    /** For requests without a token. */
    public Future<Admitted> admitAddress(String address) {
        List<Policy> applying = List.of(policies.address());
        return take("address:" + address, applying, ErrorCode.RATE_LIMITED, Route.Class.AUTH)
                .map(taken -> levels(applying, taken));
    }

    /** Fails with GUEST_LIMIT when an address made too many guests. */
    public Future<Admitted> admitGuest(String address) {
        List<Policy> applying = List.of(policies.guests());
        return take("guests:" + address, applying, ErrorCode.GUEST_LIMIT, Route.Class.AUTH)
                .map(taken -> levels(applying, taken));
    }

    /** What applies to somebody and what is left of it; takes nothing. */
    public Future<List<LimitPolicy>> limitsOf(Principal who) {
        List<Policy> applying = policies.ofUser(who.tenant());
        return ask(ownerOf(who), applying, 0)
                .otherwise(new Taken(0, 0, applying.stream().map(Policy::burst).toList()))
                .map(taken -> levels(applying, taken).levels().stream()
                        .map(level -> LimitPolicy.newBuilder()
                                .setName(level.policy().name())
                                .setQuota(level.policy().quota())
                                .setWindowSeconds(level.policy().windowSeconds())
                                .setBurst(level.policy().burst())
                                .setRemaining(level.remaining())
                                .build())
                        .toList());
    }

    /** Where a user's revocation is kept, in one cluster slot with the user's buckets. */
    public static String revocationKey(String tenant, String userId) {
        return "parley:{user:" + tenant + ":" + userId + "}:revoked";
    }

    private Future<Taken> take(String owner, List<Policy> applying, ErrorCode refusal, Route.Class routeClass) {
        String bucketOfClass = owner + " " + applying.getLast().name();
        Long until = emptyUntilNanos.getIfPresent(bucketOfClass);
        if (until != null && until - clock.monoNanos() > 0) {
            return refused(refusal, TimeUnit.NANOSECONDS.toMillis(until - clock.monoNanos()) + 1, routeClass);
        }
        return ask(owner, applying, 1)
                .otherwise(_ -> local.take(owner, applying))
                .compose(taken -> {
                    if (taken.waitMillis() == 0) {
                        return Future.succeededFuture(taken);
                    }
                    long waitNanos = TimeUnit.MILLISECONDS.toNanos(taken.waitMillis());
                    emptyUntilNanos.put(bucketOfClass, clock.monoNanos() + waitNanos);
                    return refused(refusal, taken.waitMillis(), routeClass);
                });
    }

    private Future<Taken> refused(ErrorCode code, long afterMillis, Route.Class routeClass) {
        meters.counter("parley.gateway.rate.limited", "class", routeClass.name().toLowerCase(Locale.ROOT))
                .increment();
        return Future.failedFuture(Refusal.after(code, afterMillis));
    }

    private Future<Taken> ask(String owner, List<Policy> applying, int cost) {
        List<String> arguments = new ArrayList<>(1 + 3 * applying.size());
        arguments.add(Integer.toString(cost));
        for (Policy policy : applying) {
            arguments.add(policy.name());
            arguments.add(Double.toString(policy.tokensPerMilli()));
            arguments.add(Integer.toString(policy.burst()));
        }
        String tag = "parley:{" + owner + "}:";
        return SCRIPT.run(redis, List.of(tag + "limits", tag + "revoked"), arguments)
                .map(Admission::taken);
    }

    private static Taken taken(Response reply) {
        List<Integer> remaining = new ArrayList<>(reply.size() - 2);
        for (int i = 2; i < reply.size(); i++) {
            remaining.add((int) number(reply, i));
        }
        return new Taken(number(reply, 0), number(reply, 1), remaining);
    }

    private static long number(Response reply, int index) {
        return Objects.requireNonNull(reply.get(index).toLong(), "the script answers numbers");
    }

    private static Admitted levels(List<Policy> applying, Taken taken) {
        List<Admitted.Level> levels = new ArrayList<>(applying.size());
        for (int i = 0; i < applying.size(); i++) {
            levels.add(new Admitted.Level(applying.get(i), taken.remaining().get(i)));
        }
        return new Admitted(levels);
    }

    private static String ownerOf(Principal who) {
        return "user:" + who.tenant() + ":" + who.userId();
    }
}
