package io.parley.media.node.sdp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.media.rtp.extension.ExtensionKind;
import io.parley.media.sfu.Codec;
import io.parley.media.sfu.room.EncodingOptions;
import io.parley.media.sfu.room.SlotOptions;
import io.parley.media.transport.DtlsRole;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class NegotiationTest {
    @Test
    void chromiumSendsInTwoSectionsAndReceivesInThreeSlots() {
        var agreed = Offers.negotiate(Offers.read("chromium"));
        assertEquals(
                List.of(
                        new SlotOptions("2", false, 7_000, 0),
                        new SlotOptions("3", true, 7_002, 7_003),
                        new SlotOptions("4", true, 7_004, 7_005)),
                agreed.slots());
        assertEquals(
                List.of(EncodingOptions.rid("q"), EncodingOptions.rid("f")),
                agreed.tracks().getLast().encodings());
        assertEquals(96, agreed.types().type(Codec.VP8));
        assertEquals(97, agreed.types().repairType(Codec.VP8));
        assertEquals(111, agreed.types().type(Codec.OPUS));
        assertEquals(63, agreed.types().type(Codec.RED));
        assertTrue(agreed.types().type(Codec.VP9) > 0 && agreed.types().type(Codec.AV1) > 0);
        assertEquals(3, agreed.extensions().id(ExtensionKind.TRANSPORT_SEQUENCE));
        assertEquals(12, agreed.extensions().id(ExtensionKind.DEPENDENCY_DESCRIPTOR));
    }

    @Test
    void theAnswerTakesSimulcastAndNamesEachSlotsStream() {
        var lines = Offers.negotiate(Offers.read("chromium")).answer().lines().toList();
        assertTrue(lines.containsAll(List.of(
                "a=ice-lite",
                "a=group:BUNDLE 0 1 2 3 4",
                "a=setup:passive",
                "a=rid:q recv",
                "a=simulcast:recv q;f",
                "a=ssrc-group:FID 7002 7003",
                "a=msid:slot-4 slot-4")));
        assertEquals(
                1,
                lines.stream().filter(line -> line.startsWith("a=candidate:")).count());
        assertFalse(lines.contains("a=inactive"));
    }

    @Test
    void pionsOfferBecomesATrackAndASlotInOneSection() {
        var agreed = Offers.negotiate(Offers.read("pion"));
        assertEquals(1, agreed.slots().size());
        assertEquals(1, agreed.tracks().size());
        assertTrue(agreed.answer().contains("a=sendrecv\r\n"));
        assertTrue(agreed.tracks().getFirst().encodings().getFirst().ssrc() != 0);
    }

    @Test
    void firefoxIsTakenAtItsOwnNumbers_andItsDataChannelIsDeclined() {
        var agreed = Offers.negotiate(Offers.read("firefox"));
        assertEquals(109, agreed.types().type(Codec.OPUS));
        assertEquals(120, agreed.types().type(Codec.VP8));
        assertEquals(127, agreed.types().repairType(Codec.H264));
        assertEquals(8, agreed.extensions().id(ExtensionKind.RID));
        assertTrue(agreed.answer().contains("a=simulcast:recv lo;hi\r\n"));
        assertTrue(agreed.answer().contains("m=application 0 UDP/DTLS/SCTP webrtc-datachannel\r\n"));
        assertTrue(agreed.answer().contains("a=group:BUNDLE 0 1\r\n"));
    }

    @ParameterizedTest(name = "setup {0}: we are {1}")
    @CsvSource({"actpass, SERVER", "active, SERVER", "passive, CLIENT"})
    void theDtlsRoleIsTheOneThatIsLeft(String setup, DtlsRole role) {
        var offer = Offer.parse(Offers.read("pion").replace("setup:actpass", "setup:" + setup));
        assertEquals(role, offer.role());
    }

    @Test
    void olderSimulcastByGroupsOfSsrcsIsUnderstood() {
        var offer = Offers.read("pion").replaceFirst("a=ssrc:", """
                a=ssrc-group:SIM 1 2 4294967295\r
                a=ssrc-group:FID 1 11\r
                a=ssrc-group:FID 4294967295 12\r
                a=ssrc:""");
        assertEquals(
                List.of(new EncodingOptions("", 1, 11), new EncodingOptions("", 2, 0), new EncodingOptions("", -1, 12)),
                Offers.negotiate(offer).tracks().getFirst().encodings());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"group:BUNDLE", "rtcp-mux", "ice-ufrag", "fingerprint", "setup", "mid", "rtpmap"})
    void anOfferWithoutItIsRefused(String attribute) {
        var offer = Offers.read("chromium").replaceAll("a=" + attribute + "[^\r]*\r\n", "");
        assertThrows(InvalidOfferException.class, () -> agreeOnAll(offer));
    }

    private static void agreeOnAll(String text) {
        var offer = Offer.parse(text);
        Negotiation.of(offer, Offers.terms());
        offer.ufrag();
        offer.fingerprint();
    }

    @Test
    void aNumberThatMeansTwoThingsIsRefused() {
        var offer = Offers.read("chromium");
        int second = offer.lastIndexOf("a=rtpmap:96 VP8/90000");
        var twisted = offer.substring(0, second) + offer.substring(second).replace("96 VP8", "96 VP9");
        var refusal = assertThrows(InvalidOfferException.class, () -> Offers.negotiate(twisted));
        assertEquals("payload type 96 means two things in one bundle", refusal.getMessage());
    }

    @Test
    void whatIsTooLargeIsRefused() {
        var base = Offers.read("pion");
        var long1 = base + "a=x\r\n".repeat(Limits.LINES);
        var long2 = base + "a=" + "x".repeat(Limits.OFFER_CHARS) + "\r\n";
        var long3 = base + "m=audio 9 UDP/TLS/RTP/SAVPF 0\r\n".repeat(Limits.SECTIONS);
        for (String offer : List.of(long1, long2, long3)) {
            var refusal = assertThrows(InvalidOfferException.class, () -> Offer.parse(offer));
            assertTrue(String.valueOf(refusal.getMessage()).contains(" than "), refusal.getMessage());
        }
    }
}
