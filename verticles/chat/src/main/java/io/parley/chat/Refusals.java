package io.parley.chat;

import io.parley.chat.domain.Denial;
import io.parley.kernel.bus.Refusal;
import io.parley.schema.v1.ErrorCode;
import io.vertx.core.Future;
import java.util.Optional;

/** Denials of the domain as errors of the catalogue. */
final class Refusals {
    private Refusals() {}

    /** Each denial has the code of the same name. */
    static Refusal of(Denial denial) {
        return Refusal.of(ErrorCode.valueOf(denial.name()));
    }

    /** Throws the refusal; inside a composed future that fails the future. */
    static void unless(Optional<Denial> denied) {
        if (denied.isPresent()) {
            throw of(denied.get());
        }
    }

    static <T> Future<T> fail(ErrorCode code) {
        return Future.failedFuture(Refusal.of(code));
    }
}
