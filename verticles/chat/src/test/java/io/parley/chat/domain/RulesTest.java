package io.parley.chat.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.schema.v1.ErrorCode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The small rules of chat. */
final class RulesTest {
    @ParameterizedTest
    @EnumSource(Denial.class)
    void everyDenialHasAnErrorOfItsName(Denial denial) {
        assertNotEquals(ErrorCode.OK, ErrorCode.valueOf(denial.name()));
    }

    @ParameterizedTest
    @EnumSource(Capability.class)
    void everyCapabilityIsFoundByItsWireName(Capability capability) {
        assertEquals(Optional.of(capability), Capability.ofWireName(capability.wireName()));
    }

    @ParameterizedTest(name = "pause {0} s, sent at {1}, now {2}: wait {3}")
    @CsvSource({
        "0,1000,1001,0",
        "10,0,5,0",
        "10,1000,1000,10000",
        "10,1000,10999,1",
        "10,1000,11000,0",
        "10,9000,0,10000"
    })
    void slowModeSaysHowLongToWait(int pause, long last, long now, long wait) {
        assertEquals(wait, SlowMode.waitMillis(pause, last, now));
    }

    @Test
    void aDirectConversationIsTheSameInEveryOrder() {
        assertEquals(DirectKey.of(List.of("a", "b", "c")), DirectKey.of(List.of("c", "a", "b", "a")));
        assertNotEquals(DirectKey.of(List.of("ab", "c")), DirectKey.of(List.of("a", "bc")));
    }

    @ParameterizedTest
    @CsvSource({"0,1,0", "24322,1,12345", "24322,9223372036854,9223372036854775807"})
    void aMessageIdSaysWhereTheMessageIs(int month, long offset, long chance) {
        MessageAddress address = MessageAddress.of(month, offset, chance);
        assertEquals(Optional.of(address), MessageAddress.parse(address.toString()));
    }

    @ParameterizedTest
    @CsvSource({"''", "x", "a-b-c", "1-1-ABCDEFGH", "1--12345678", "zzzzzz-1-12345678"})
    void whatIsNoMessageIdIsNone(String text) {
        assertEquals(Optional.empty(), MessageAddress.parse(text));
    }

    @Test
    void monthsAreDense() {
        int december = MonthOfYear.at(Instant.parse("2025-12-31T23:59:59.999Z").toEpochMilli());
        assertEquals(
                december + 1,
                MonthOfYear.at(Instant.parse("2026-01-01T00:00:00Z").toEpochMilli()));
    }

    @Test
    void segmentsSayWhichMonthHoldsAnOffset() {
        var segments = new Segments(List.of(new Segments.Segment(10, 1), new Segments.Segment(12, 100)));
        assertEquals(
                List.of(10, 10, 12, 12),
                List.of(segments.monthOf(-5), segments.monthOf(99), segments.monthOf(100), segments.monthOf(5_000)));
    }

    @Test
    void anExcerptCutsNoCharacterInTwo() {
        String faces = "\uD83D\uDE00".repeat(300);
        assertEquals(200, Excerpt.of(faces).codePointCount(0, Excerpt.of(faces).length()));
    }

    @Test
    void aThreadShowsItsNewestAuthorsOnce() {
        ThreadView thread = ThreadView.NONE;
        for (String author : List.of("a", "b", "c", "d", "e", "f", "b")) {
            thread = thread.withReply(author, 7);
        }
        assertEquals(new ThreadView(7, 7, List.of("b", "f", "e", "d", "c")), thread);
    }

    @Test
    void markersReadForwardAndUnreadBackward() {
        Marker marker = new Marker(5, 5, 0);
        assertEquals(5, marker.read(3, 10).readOffset());
        assertEquals(10, marker.read(99, 10).readOffset());
        assertEquals(10, marker.read(0, 10).deliveredOffset());
        assertEquals(2, marker.unread(3).readOffset());
        assertEquals(5, marker.unread(9).readOffset());
    }

    @Test
    void aPrivateChannelDoesNotExistForStrangersAndAPublicOneDoes() {
        assertEquals(
                Optional.of(Denial.CHANNEL_NOT_FOUND), access(false, Set.of()).toRead());
        assertEquals(Optional.of(Denial.NOT_A_MEMBER), access(true, Set.of()).toRead());
        assertEquals(Optional.empty(), access(false, Set.of("admin")).toRead());
        assertFalse(access(true, Set.of()).isMember());
        assertTrue(access(true, Set.of()).knows());
    }

    private static Access access(boolean isPublic, Set<String> roles) {
        ChannelKey key = new ChannelKey("t", "c");
        var channel = new Channel(
                key, "messaging", "", "", isPublic, false, false, 0, new byte[0], "o", 1, 1, 1, "e", 1, 1, 1, 0, 0);
        var rules = new ChannelRules("messaging", Set.of(), 10, 100, java.util.Map.of());
        return new Access(
                new Actor(new UserKey("t", "u"), "", false, roles), channel, rules, Optional.empty(), Marker.NONE);
    }
}
