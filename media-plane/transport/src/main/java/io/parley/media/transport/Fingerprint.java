package io.parley.media.transport;

import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/**
 * The hash of a certificate as SDP writes it (RFC 8122 section 5).
 *
 * @param algorithm {@code sha-256}, {@code sha-384} or {@code sha-512}
 * @param value upper-case hex pairs with colons between
 */
public record Fingerprint(String algorithm, String value) {
    private static final Set<String> ALGORITHMS = Set.of("sha-256", "sha-384", "sha-512");
    private static final HexFormat HEX = HexFormat.ofDelimiter(":").withUpperCase();

    public Fingerprint {
        algorithm = algorithm.toLowerCase(Locale.ROOT);
        value = value.toUpperCase(Locale.ROOT);
        int bytes = HEX.parseHex(value).length; // refuses what is not hex
        if (!ALGORITHMS.contains(algorithm) || bytes * 8 != Integer.parseInt(algorithm.substring(4))) {
            throw new IllegalArgumentException("not a certificate fingerprint: " + algorithm + " " + value);
        }
    }

    public static Fingerprint of(String algorithm, byte[] hash) {
        return new Fingerprint(algorithm, HEX.formatHex(hash));
    }

    /**
     * Reads {@code sha-256 AB:CD:…}, the value of an SDP attribute; throws IllegalArgumentException for what is none.
     */
    public static Fingerprint parse(String text) {
        int space = text.indexOf(' ');
        if (space < 0) {
            throw new IllegalArgumentException("not a certificate fingerprint: " + text);
        }
        return new Fingerprint(text.substring(0, space), text.substring(space).strip());
    }

    /** As SDP writes it. */
    @Override
    public String toString() {
        return algorithm + " " + value;
    }
}
