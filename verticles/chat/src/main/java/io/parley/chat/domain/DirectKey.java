package io.parley.chat.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.TreeSet;

/**
 * The name of a set of people: the same for every order and repetition, so a direct conversation is found by its
 * members.
 */
public final class DirectKey {
    private DirectKey() {}

    public static String of(Collection<String> userIds) {
        String sorted = String.join("\n", new TreeSet<>(userIds)); // ids hold no line breaks
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(sorted.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
