package io.parley.kernel.resilience;

import io.parley.kernel.bus.Failures;
import io.parley.schema.v1.ErrorCode;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import io.vertx.redis.client.impl.types.ErrorType;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** Tells a party that is not there from one that answered "no": only the first is a reason to stop asking. */
final class Outages {
    /** Classes of SQLSTATE: connection, resources, operator intervention, system error, internal error. */
    private static final Set<String> POSTGRES = Set.of("08", "53", "57", "58", "XX");

    private static final Set<String> REDIS =
            Set.of("LOADING", "MASTERDOWN", "CLUSTERDOWN", "READONLY", "OOM", "TRYAGAIN");

    private Outages() {}

    static boolean is(Throwable failure) {
        return switch (failure) {
            case PgException postgres -> isOutage(String.valueOf(postgres.getSqlState()));
            case ErrorType redis -> REDIS.stream().anyMatch(redis::is);
            case IOException _, TimeoutException _, VertxException _ -> true;
            default -> false;
        };
    }

    private static boolean isOutage(String sqlState) {
        return sqlState.length() >= 2 && POSTGRES.contains(sqlState.substring(0, 2));
    }

    /** What a client is told: either the effect is unknown, or the party is not there. */
    static ErrorCode code(Throwable outage) {
        return Failures.code(outage) == ErrorCode.TIMEOUT ? ErrorCode.TIMEOUT : ErrorCode.UNAVAILABLE;
    }
}
