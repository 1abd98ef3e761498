package io.parley.gateway.rest;

import io.parley.kernel.bus.Refusal;
import io.parley.schema.v1.Error;
import io.parley.schema.v1.Violation;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/** A refusal as RFC 9457 has it. */
public final class Problem {
    public static final String MEDIA_TYPE = "application/problem+json";

    private Problem() {}

    public static int status(Refusal refusal) {
        return refusal.code().getNumber() / 100;
    }

    public static JsonObject of(Refusal refusal, String requestId) {
        Error error = refusal.toError(requestId);
        JsonObject problem = new JsonObject()
                .put("type", "urn:parley:error:" + error.getName())
                .put("title", Refusal.meaning(refusal.code()).getTitle())
                .put("status", status(refusal))
                .put("code", error.getCode())
                .put("name", error.getName())
                .put("detail", error.getDetail())
                .put("instance", requestId)
                .put("retry", error.getRetry().name());
        if (error.getAfterMs() > 0) {
            problem.put("afterMs", error.getAfterMs());
        }
        if (error.getViolationsCount() > 0) {
            JsonArray violations = new JsonArray();
            for (Violation violation : error.getViolationsList()) {
                violations.add(new JsonObject()
                        .put("field", violation.getField())
                        .put("rule", violation.getRule())
                        .put("allowed", violation.getAllowed()));
            }
            problem.put("violations", violations);
        }
        return problem;
    }
}
