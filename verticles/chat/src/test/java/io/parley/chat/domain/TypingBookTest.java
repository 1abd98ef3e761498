package io.parley.chat.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.parley.chat.domain.TypingBook.Typist;
import io.parley.chat.domain.TypingBook.Word;
import io.parley.testkit.ManualClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TypingBookTest {
    private static final Typist ALICE = new Typist(new MemberKey(new ChannelKey("t", "c"), "alice"), "");
    private final ManualClock clock = new ManualClock();
    private final TypingBook book = new TypingBook(2);

    @Test
    void repeatsWithinTwoSecondsAreDropped() {
        assertEquals(Word.STARTED, hear(true));
        clock.advance(Duration.ofMillis(1_999));
        assertEquals(Word.NOTHING, hear(true));
        clock.advance(Duration.ofMillis(1));
        assertEquals(Word.STARTED, hear(true));
    }

    @Test
    void whoFallsSilentStopsAfterSixSeconds() {
        hear(true);
        clock.advance(Duration.ofMillis(5_999));
        assertEquals(List.of(), book.expire(clock.monoNanos()));
        clock.advance(Duration.ofMillis(1));
        assertEquals(List.of(ALICE), book.expire(clock.monoNanos()));
        assertEquals(List.of(), book.expire(clock.monoNanos()));
    }

    @Test
    void aDroppedRepeatStillKeepsTheTypistAlive() {
        hear(true);
        clock.advance(Duration.ofSeconds(1));
        hear(true);
        clock.advance(Duration.ofMillis(5_500));
        assertEquals(List.of(), book.expire(clock.monoNanos()));
    }

    @Test
    void stoppingIsToldOnce() {
        hear(true);
        assertEquals(Word.STOPPED, hear(false));
        assertEquals(Word.NOTHING, hear(false));
    }

    @Test
    void whatAnotherNodeAnnouncedItAlsoEnds() {
        hear(true);
        book.cede(ALICE, true, clock.monoNanos());
        clock.advance(Duration.ofSeconds(6));
        assertEquals(List.of(), book.expire(clock.monoNanos()));
        assertEquals(0, book.size());
    }

    @Test
    void aFullBookAnnouncesNobodyNew() {
        for (String user : List.of("a", "b", "c")) {
            book.hear(new Typist(new MemberKey(new ChannelKey("t", "c"), user), ""), true, clock.monoNanos());
        }
        assertEquals(2, book.size());
    }

    private Word hear(boolean typing) {
        return book.hear(ALICE, typing, clock.monoNanos());
    }
}
