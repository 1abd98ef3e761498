package io.parley.gateway.rest;

import io.parley.kernel.bus.Refusal;
import io.parley.schema.v1.ErrorCode;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;

/** Reads a paused request's body within bounds of size and time. */
final class Bodies {
    private Bodies() {}

    /** Of this media type in UTF-8. Fails with UNSUPPORTED_MEDIA_TYPE, PAYLOAD_TOO_LARGE or REQUEST_TIMEOUT. */
    static Future<Buffer> read(Vertx vertx, HttpServerRequest request, RestConfig config, String mediaType) {
        String length = request.getHeader("Content-Length");
        if (length != null && (length.length() > 9 || Long.parseLong(length) > config.bodyBytesMax())) {
            return Future.failedFuture(Refusal.of(ErrorCode.PAYLOAD_TOO_LARGE));
        }
        String type = request.getHeader("Content-Type");
        boolean expected = type != null && is(mediaType, type);
        Promise<Buffer> whole = Promise.promise();
        Buffer body = Buffer.buffer();
        long timer = vertx.setTimer(
                config.bodyWithin().toMillis(), _ -> whole.tryFail(Refusal.after(ErrorCode.REQUEST_TIMEOUT, 1_000)));
        request.handler(part -> {
            if (body.length() + part.length() > config.bodyBytesMax()) {
                whole.tryFail(Refusal.of(ErrorCode.PAYLOAD_TOO_LARGE));
            } else if (!expected) {
                whole.tryFail(Refusal.of(ErrorCode.UNSUPPORTED_MEDIA_TYPE));
            } else {
                body.appendBuffer(part);
            }
        });
        request.endHandler(_ -> whole.tryComplete(body));
        request.exceptionHandler(whole::tryFail);
        request.resume();
        return whole.future().onComplete(_ -> vertx.cancelTimer(timer), _ -> vertx.cancelTimer(timer));
    }

    private static boolean is(String mediaType, String contentType) {
        List<String> parts = Headers.parts(contentType.toLowerCase(Locale.ROOT), ";");
        return parts.getFirst().equals(mediaType)
                && parts.stream()
                        .filter(part -> part.startsWith("charset="))
                        .allMatch(charset -> charset.replace("\"", "").equals("charset=utf-8"));
    }
}
