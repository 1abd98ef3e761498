package io.parley.media.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AdvertisedAddressesTest {
    @ParameterizedTest(name = "bound to {0}, advertised {1}: {2}")
    @CsvSource({
        "0.0.0.0, 0.0.0.0, wildcard",
        "0.0.0.0, 127.0.0.1, loopback",
        "0.0.0.0, 239.1.2.3, multicast",
        "0.0.0.0, 169.254.3.4, link-local",
        "0.0.0.0, 2001:db8::1, family",
        "::1, 2001:db8::1, loopback address only",
    })
    void anAddressThatNobodyCouldReachIsRefusedWithTheReason(String bound, String advertised, String reason) {
        var refused = assertThrows(IllegalArgumentException.class, () -> of(bound, advertised));
        assertTrue(String.valueOf(refused.getMessage()).contains(reason), refused::toString);
    }

    @ParameterizedTest(name = "bound to {0}, advertised {1}")
    @CsvSource({"0.0.0.0, 203.0.113.9", ":: , 203.0.113.9", "::, 2001:db8::1", "10.1.2.3, 203.0.113.9"})
    void anAddressBehindWhichWeStandIsTaken(String bound, String advertised) {
        assertEquals(List.of(InetAddress.ofLiteral(advertised)), of(bound, advertised));
    }

    @Test
    void withoutAdviceTheBoundAddressesAreAdvertised() {
        assertEquals(List.of(InetAddress.ofLiteral("127.0.0.1")), of("127.0.0.1"));
    }

    @Test
    void eachAddressIsACandidateForEachProtocol() {
        var config = config("0.0.0.0", true, "203.0.113.9", "203.0.113.10", "203.0.113.9");
        var lines = AdvertisedAddresses.candidates(config, 7881).stream()
                .map(Candidate::sdp)
                .toList();
        assertEquals(4, lines.size());
        assertTrue(lines.get(1).contains(" udp ") && lines.get(1).contains("203.0.113.10 7881"), lines.get(1));
        assertTrue(lines.get(2).endsWith("203.0.113.9 7881 typ host tcptype passive"), lines.get(2));
    }

    private static List<InetAddress> of(String bound, String... advertised) {
        return AdvertisedAddresses.of(config(bound, false, advertised));
    }

    private static TransportConfig config(String bound, boolean tcp, String... advertised) {
        var addresses = Arrays.stream(advertised).map(InetAddress::ofLiteral).toList();
        return new TransportConfig(
                List.of(InetAddress.ofLiteral(bound)), 0, addresses, 1, TransportConfig.Engine.AUTO, tcp);
    }
}
