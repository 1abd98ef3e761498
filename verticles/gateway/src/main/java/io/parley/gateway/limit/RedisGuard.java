package io.parley.gateway.limit;

import io.parley.kernel.bus.Refusal;
import io.parley.schema.Limits;
import io.parley.schema.v1.ErrorCode;
import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a Redis that hangs from hanging requests: what the gateway asks of it must be answered sooner than other calls,
 * because somebody waits for each. The breaker stands before the client itself (kernel.resilience). Thread-safe.
 */
public final class RedisGuard {
    /** Fails with UNAVAILABLE when Redis does not answer. */
    public <T extends @Nullable Object> Future<T> call(Supplier<Future<T>> request) {
        return request.get()
                .timeout(Limits.REDIS_TIMEOUT_MILLIS, TimeUnit.MILLISECONDS)
                .recover(_ ->
                        Future.failedFuture(Refusal.after(ErrorCode.UNAVAILABLE, Limits.STORE_RETRY_AFTER_MILLIS)));
    }
}
