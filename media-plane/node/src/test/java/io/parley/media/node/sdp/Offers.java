package io.parley.media.node.sdp;

import io.parley.media.transport.Candidate;
import io.parley.media.transport.Fingerprint;
import io.parley.media.transport.IceCredentials;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Offers as clients made them, and our side of an exchange. */
final class Offers {
    static final int FIRST_SSRC = 7_000;

    private Offers() {}

    /** Of {@code chromium}, {@code pion} (both recorded) or {@code firefox} (in that browser's manner). */
    static String read(String client) {
        try (var in = Offers.class.getResourceAsStream("/offers/" + client + ".sdp")) {
            if (in == null) {
                throw new IllegalArgumentException("no offer of " + client);
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static LocalTerms terms() {
        var candidate = new Candidate(InetAddress.ofLiteral("192.0.2.1"), 10_000, Candidate.Protocol.UDP, 0);
        var fingerprint = Fingerprint.of("sha-256", new byte[32]);
        var ice = new IceCredentials("nodeufrag", "nodepasswordnodepassword");
        return new LocalTerms(ice, fingerprint, List.of(candidate), FIRST_SSRC, 1);
    }

    static Negotiation negotiate(String offer) {
        return Negotiation.of(Offer.parse(offer), terms());
    }
}
