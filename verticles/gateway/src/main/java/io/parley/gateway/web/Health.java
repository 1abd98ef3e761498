package io.parley.gateway.web;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.parley.kernel.node.Readiness;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** What monitors ask: is the process alive, may it be sent clients, and what does it measure. Thread-safe. */
public final class Health {
    private static final long CHECK_LIMIT_MILLIS = 2_000;

    private final Readiness readiness;
    private final MeterRegistry meters;
    private final BooleanSupplier draining;

    public Health(Readiness readiness, MeterRegistry meters, BooleanSupplier draining) {
        this.readiness = readiness;
        this.meters = meters;
        this.draining = draining;
    }

    void live(HttpServerRequest request) {
        json(request, 200, new JsonObject().put("status", "live"));
    }

    /** 503 names the parts that cannot serve, without the reasons: those are for the log. */
    void ready(HttpServerRequest request) {
        var checks = readiness.checks();
        JsonObject parts = new JsonObject();
        var asked = checks.entrySet().stream()
                .map(check -> Future.succeededFuture()
                        .<Object>compose(_ -> check.getValue().get().map(x -> (Object) "ready"))
                        .timeout(CHECK_LIMIT_MILLIS, TimeUnit.MILLISECONDS)
                        .otherwise("unavailable")
                        .onSuccess(state -> parts.put(check.getKey(), state)))
                .toList();
        Future.join(asked).onSuccess(_ -> {
            boolean ready =
                    !draining.getAsBoolean() && parts.stream().allMatch(part -> "ready".equals(part.getValue()));
            String status = draining.getAsBoolean() ? "draining" : ready ? "ready" : "unavailable";
            json(
                    request,
                    ready ? 200 : 503,
                    new JsonObject().put("status", status).put("parts", parts));
        });
    }

    void metrics(HttpServerRequest request) {
        Optional<PrometheusMeterRegistry> prometheus = prometheus(meters);
        request.response()
                .setStatusCode(prometheus.isPresent() ? 200 : 404)
                .putHeader("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
                .end(prometheus.map(PrometheusMeterRegistry::scrape).orElse("this process measures nothing\n"));
    }

    private static Optional<PrometheusMeterRegistry> prometheus(MeterRegistry registry) {
        return switch (registry) {
            case PrometheusMeterRegistry found -> Optional.of(found);
            case CompositeMeterRegistry several ->
                several.getRegistries().stream()
                        .flatMap(one -> prometheus(one).stream())
                        .findFirst();
            default -> Optional.empty();
        };
    }

    private static void json(HttpServerRequest request, int status, JsonObject body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .putHeader("Cache-Control", "no-store")
                .end(body.toBuffer());
    }
}
