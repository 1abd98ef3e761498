package io.parley.schema;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class IdsTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "alice", "A.b_c-9", "ch_01J0", "..", "-"})
    void aNameOfLettersDigitsDotsDashesAndUnderscoresIsAccepted(String name) {
        assertEquals(name, new UserId(name).toString());
        assertEquals(Optional.of(StreamName.of(new ChannelId(name))), StreamName.parse("ch:" + name));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a:b", "a/b", "é", "a\n", "{x}", "a\u0000", "ａ"})
    void anyOtherNameIsRefusedEverywhere(String name) {
        assertThrows(IllegalArgumentException.class, () -> new UserId(name));
        assertThrows(IllegalArgumentException.class, () -> new ChannelId(name));
        assertThrows(IllegalArgumentException.class, () -> new TenantId(name));
        assertEquals(Optional.empty(), StreamName.parse("me:" + name));
    }

    @Test
    void aNameHasAtMostItsLimit() {
        assertTrue(new DeviceId("x".repeat(Limits.NAME_LENGTH_MAX)).value().length() == 64);
        assertThrows(IllegalArgumentException.class, () -> new DeviceId("x".repeat(Limits.NAME_LENGTH_MAX + 1)));
    }

    @Test
    void aRefusalNeverRepeatsHostileText() {
        var refusal = assertThrows(IllegalArgumentException.class, () -> new UserId("<script>"));
        assertTrue(!String.valueOf(refusal.getMessage()).contains("script"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ch", "ch:", "CH:a", "chat:a", "a", ":a", "call:a"})
    void whatNamesNoStreamOfAKnownKindIsEmpty(String text) {
        assertEquals(Optional.empty(), StreamName.parse(text));
    }

    @Test
    void aStreamKnowsItsKindAndItsSubject() {
        var presence = StreamName.parse("pres:bob").orElseThrow();
        assertEquals(new UserId("bob"), presence.user());
        assertTrue(!presence.kind().isRecoverable());
        assertThrows(IllegalStateException.class, presence::channel);
        assertEquals("me:bob", StreamName.inboxOf(new UserId("bob")).toString());
        assertEquals(
                new StreamId("acme", "me:bob"),
                StreamName.inboxOf(new UserId("bob")).in(new TenantId("acme")));
    }
}
