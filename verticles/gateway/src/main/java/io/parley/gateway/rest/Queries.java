package io.parley.gateway.rest;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.Limits;
import io.parley.schema.v1.ErrorCode;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;

/** The query of a request, read strictly: Vert.x would answer a broken escape with an exception of its own. */
final class Queries {
    private Queries() {}

    static MultiMap of(HttpServerRequest request) {
        MultiMap query = MultiMap.caseInsensitiveMultiMap();
        String text = request.query();
        if (text != null && !text.isEmpty()) {
            try {
                new QueryStringDecoder(text, StandardCharsets.UTF_8, false, Limits.QUERY_PARAMETERS_MAX, true)
                        .parameters()
                        .forEach(query::add);
            } catch (IllegalArgumentException badEscape) {
                throw Refusal.of(ErrorCode.MALFORMED, "the query has a broken percent escape");
            }
        }
        return query;
    }
}
