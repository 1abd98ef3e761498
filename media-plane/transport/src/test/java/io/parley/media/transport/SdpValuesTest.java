package io.parley.media.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.parley.media.transport.Candidate.Protocol;
import java.net.InetAddress;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes into our SDP and comes out of the peer's. */
final class SdpValuesTest {
    @Test
    void candidatesAreWrittenAsSdpWantsThem() {
        var v4 = InetAddress.ofLiteral("192.0.2.7");
        var v6 = InetAddress.ofLiteral("2001:db8::7");
        assertEquals(
                "candidate:1 1 udp 2120220671 192.0.2.7 7881 typ host", new Candidate(v4, 7881, Protocol.UDP, 0).sdp());
        assertEquals(
                "candidate:4 1 tcp 2118123263 2001:db8:0:0:0:0:0:7 7881 typ host tcptype passive",
                new Candidate(v6, 7881, Protocol.TCP_PASSIVE, 1).sdp());
    }

    @Test
    void udpComesBeforeTcpAndTheSixthVersionBeforeTheFourth() {
        var v4 = InetAddress.ofLiteral("192.0.2.7");
        var v6 = InetAddress.ofLiteral("2001:db8::7");
        long udp6 = new Candidate(v6, 1, Protocol.UDP, 1).priority();
        long udp4 = new Candidate(v4, 1, Protocol.UDP, 0).priority();
        long tcp6 = new Candidate(v6, 1, Protocol.TCP_PASSIVE, 0).priority();
        assertTrue(udp6 > udp4 && udp4 > tcp6 && tcp6 > 0);
    }

    @Test
    void aFingerprintIsReadWhateverItsCase() {
        String hex = "ab:".repeat(31) + "cd";
        assertEquals(
                "sha-256 " + "AB:".repeat(31) + "CD",
                Fingerprint.parse("SHA-256 " + hex).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sha-256", "sha-256 AB", "md5 AB:CD", "sha-256 zz:zz", "sha-1 AB:CD:EF"})
    void whatIsNoFingerprintIsRefused(String text) {
        assertThrows(IllegalArgumentException.class, () -> Fingerprint.parse(text));
    }

    @Test
    void freshCredentialsAreValidAndKeepTheirPasswordOutOfLogs() {
        var random = new SecureRandom();
        var credentials = IceCredentials.fresh(random);
        assertFalse(credentials.toString().contains(credentials.password()));
        assertFalse(credentials.equals(IceCredentials.fresh(random)));
        assertThrows(IllegalArgumentException.class, () -> new IceCredentials("a b", "x".repeat(22)));
    }

    @Test
    void weArePassiveWhereverThePeerAllowsIt() {
        assertEquals("passive", DtlsRole.answering("actpass").setup());
        assertEquals("passive", DtlsRole.answering("active").setup());
        assertEquals("active", DtlsRole.answering("passive").setup());
        assertThrows(IllegalArgumentException.class, () -> DtlsRole.answering("holdconn"));
    }
}
