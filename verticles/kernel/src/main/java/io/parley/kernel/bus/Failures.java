package io.parley.kernel.bus;

import io.parley.schema.v1.ErrorCode;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.util.concurrent.TimeoutException;

/** Sorts failures of remote calls into what a client may be told. */
public final class Failures {
    /** The code of a bus reply whose handler failed; the text names the cause's type, never its content. */
    static final int HANDLER = 1;

    private Failures() {}

    static String publicText(Throwable failure) {
        return failure.getClass().getSimpleName();
    }

    /** The catalogue's code for a failure; what is not known to be the weather is INTERNAL. */
    public static ErrorCode code(Throwable failure) {
        return switch (failure) {
            case Refusal refusal -> refusal.code();
            case ReplyException reply when reply.failureType() == ReplyFailure.TIMEOUT -> ErrorCode.TIMEOUT;
            case ReplyException reply when reply.failureType() == ReplyFailure.NO_HANDLERS -> ErrorCode.UNAVAILABLE;
            case NodeLeftException _ -> ErrorCode.TIMEOUT;
            case TimeoutException _ -> ErrorCode.TIMEOUT;
            default -> ErrorCode.INTERNAL;
        };
    }
}
