package io.parley.gateway.rest;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;

/**
 * Lets pages of the configured origins call. Tokens travel in a header, so credentials are never allowed. Immutable.
 */
final class Cors {
    private static final String EXPOSED =
            "ETag, Location, Retry-After, RateLimit, RateLimit-Policy, Parley-Request-Id, Idempotency-Replayed";
    private static final String ALLOWED =
            "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, traceparent";
    private final List<String> origins;

    Cors(List<String> origins) {
        this.origins = List.copyOf(origins);
    }

    void allow(HttpServerRequest request) {
        String origin = request.getHeader("Origin");
        if (origin != null && !origins.isEmpty()) {
            request.response().putHeader("Vary", "Origin");
            if (origins.contains("*") || origins.contains(origin)) {
                request.response()
                        .putHeader("Access-Control-Allow-Origin", origins.contains("*") ? "*" : origin)
                        .putHeader("Access-Control-Expose-Headers", EXPOSED);
            }
        }
    }

    boolean isPreflight(HttpServerRequest request) {
        return request.method().equals(HttpMethod.OPTIONS)
                && request.getHeader("Origin") != null
                && request.getHeader("Access-Control-Request-Method") != null;
    }

    void preflight(HttpServerRequest request) {
        if (request.response().headers().contains("Access-Control-Allow-Origin")) {
            request.response()
                    .putHeader("Access-Control-Allow-Methods", "GET, POST, PUT, PATCH, DELETE")
                    .putHeader("Access-Control-Allow-Headers", ALLOWED)
                    .putHeader("Access-Control-Max-Age", "7200");
        }
        request.response().setStatusCode(204).end();
    }
}
