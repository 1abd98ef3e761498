package io.parley.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.parley.kernel.bus.Refusal;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CursorsTest {
    private final Cursors cursors = new Cursors("a key");
    private final List<String> query = List.of("history", "acme", "alice", "talk");

    @Test
    void aCursorComesBackAsItWent() {
        assertEquals(List.of("older", "17"), cursors.verify(query, cursors.sign(query, "older", "17"), 2));
    }

    @Test
    void aCursorOfAnotherQueryKeyOrShapeIsBad() {
        String cursor = cursors.sign(query, "older", "17");
        for (List<String> other : List.of(
                List.of("history", "acme", "bob", "talk"),
                List.of("history", "acme", "alicetalk"),
                List.of("members", "acme", "alice", "talk"))) {
            assertThrows(Refusal.class, () -> cursors.verify(other, cursor, 2));
        }
        assertThrows(Refusal.class, () -> new Cursors("another").verify(query, cursor, 2));
        assertThrows(Refusal.class, () -> cursors.verify(query, cursor, 3));
        for (String garbage : List.of("", "!", "AAAA", cursor + "A", cursor.substring(1))) {
            assertThrows(Refusal.class, () -> cursors.verify(query, garbage, 2));
        }
    }
}
