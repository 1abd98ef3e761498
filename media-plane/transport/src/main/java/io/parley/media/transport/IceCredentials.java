package io.parley.media.transport;

import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** The user fragment and password of one side of an ICE session (RFC 8445 section 5.3). */
public record IceCredentials(String ufrag, String password) {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    private static final Pattern UFRAG = Pattern.compile("[A-Za-z0-9+/]{4,256}");
    private static final Pattern PASSWORD = Pattern.compile("[A-Za-z0-9+/]{22,256}");

    public IceCredentials {
        if (!UFRAG.matcher(ufrag).matches() || !PASSWORD.matcher(password).matches()) {
            throw new IllegalArgumentException("not ICE credentials (RFC 8839 section 5.4): ufrag " + ufrag);
        }
    }

    /** New credentials: 96 bits of user fragment, 144 of password. {@code random} must be cryptographic. */
    public static IceCredentials fresh(RandomGenerator random) {
        return new IceCredentials(letters(random, 16), letters(random, 24));
    }

    private static String letters(RandomGenerator random, int count) {
        var text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return text.toString();
    }

    /** Without the password, so that it never reaches a log. */
    @Override
    public String toString() {
        return "IceCredentials[" + ufrag + "]";
    }
}
