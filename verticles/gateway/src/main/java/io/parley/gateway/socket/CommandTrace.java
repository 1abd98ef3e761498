package io.parley.gateway.socket;

import io.parley.schema.v1.Cmd;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.spi.tracing.SpanKind;
import io.vertx.core.spi.tracing.TagExtractor;
import io.vertx.core.spi.tracing.VertxTracer;
import io.vertx.core.tracing.TracingPolicy;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Joins a command to the trace that its client named in {@code Cmd.traceparent} (W3C Trace Context), as the HTTP server
 * does with the header: a span for the command, and what is asked on the bus belongs to it.
 */
final class CommandTrace {
    private CommandTrace() {}

    /** Runs {@code work} under the command's span; just runs it when no trace is named, or nothing traces. */
    static <T> Future<T> of(Cmd cmd, String name, Supplier<Future<T>> work) {
        ContextInternal current = ContextInternal.current();
        if (cmd.getTraceparent().isEmpty() || current == null || current.tracer() == null) {
            return work.get();
        }
        // Spans live in a context: one of its own, or those of commands at work at once would mix.
        ContextInternal own = current.duplicate();
        VertxTracer<@Nullable Object, ?> tracer = tracer(own);
        Object span = tracer.receiveRequest(
                own,
                SpanKind.RPC,
                TracingPolicy.PROPAGATE,
                cmd,
                name,
                Set.of(Map.entry("traceparent", cmd.getTraceparent())),
                TagExtractor.empty());
        Promise<T> done = Promise.promise();
        own.dispatch(() -> work.get().onComplete(done));
        return done.future()
                .onSuccess(ok -> tracer.sendResponse(own, ok, span, null, TagExtractor.empty()))
                .onFailure(failure -> tracer.sendResponse(own, null, span, failure, TagExtractor.empty()));
    }

    @SuppressWarnings("unchecked") // what it gives for a request is only ever given back to it
    private static VertxTracer<@Nullable Object, ?> tracer(ContextInternal context) {
        return (VertxTracer<@Nullable Object, ?>) context.tracer();
    }
}
