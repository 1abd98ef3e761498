package io.parley.gateway.limit;

import io.parley.kernel.bus.Refusal;
import io.parley.kernel.config.Settings;
import io.parley.schema.Limits;
import io.parley.schema.v1.ErrorCode;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a Redis that hangs from hanging requests: what the gateway asks of it must be answered sooner than other calls,
 * because somebody waits for each. The breaker stands before the client itself (kernel.resilience). Thread-safe.
 */
public final class RedisGuard {
    private final Duration patience;

    private RedisGuard(Duration patience) {
        this.patience = patience;
    }

    public static RedisGuard from(Settings settings) {
        return new RedisGuard(settings.duration(
                "gateway.redis-timeout",
                Duration.ofMillis(500),
                Duration.ofMillis(10),
                Duration.ofMinutes(1),
                "after which limits are counted on this node alone and guests cannot be checked"));
    }

    /** Fails with UNAVAILABLE when Redis does not answer. */
    public <T extends @Nullable Object> Future<T> call(Supplier<Future<T>> request) {
        return request.get()
                .timeout(patience.toMillis(), TimeUnit.MILLISECONDS)
                .recover(_ ->
                        Future.failedFuture(Refusal.after(ErrorCode.UNAVAILABLE, Limits.STORE_RETRY_AFTER_MILLIS)));
    }
}
