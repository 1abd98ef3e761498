package io.parley.gateway.streams;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.parley.kernel.bus.Refusal;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class GateTest {
    private final Gate gate = new Gate(2, 1);
    private final List<Promise<String>> asked = new ArrayList<>();

    private Future<String> ask() {
        return gate.ask(() -> {
            Promise<String> promise = Promise.promise();
            asked.add(promise);
            return promise.future();
        });
    }

    @Test
    void fewAtATime_oneWaits_theRestIsRefused() {
        Future<String> first = ask();
        ask();
        Future<String> waits = ask();
        Future<String> refused = ask();
        assertEquals(2, asked.size());
        assertInstanceOf(Refusal.class, refused.cause());
        asked.getFirst().fail(new IllegalStateException("even a failure makes room"));
        assertEquals(3, asked.size());
        asked.getLast().complete("answer");
        assertEquals("answer", waits.result());
        assertEquals("even a failure makes room", first.cause().getMessage());
    }
}
