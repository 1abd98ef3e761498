package io.parley.kernel.bus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.schema.v1.ErrorCode;
import io.parley.schema.v1.Retry;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RefusalTest {
    @ParameterizedTest
    @EnumSource(value = ErrorCode.class, names = "UNRECOGNIZED", mode = EnumSource.Mode.EXCLUDE)
    void whoIsToldToComeBackLaterIsToldWhen(ErrorCode code) {
        var error = Refusal.of(code).toError("r1");
        assertEquals(error.getRetry() == Retry.AFTER, error.getAfterMs() > 0, code.name());
    }
}
