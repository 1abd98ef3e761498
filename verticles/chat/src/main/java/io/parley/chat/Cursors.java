package io.parley.chat;

import io.parley.kernel.bus.Refusal;
import io.parley.schema.v1.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Places in lists, handed to clients and taken back. Signed together with the query they belong to, so a cursor can be
 * neither made up nor used with another query, user or tenant. Thread-safe.
 */
final class Cursors {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int SIGNATURE_BYTES = 16;
    private static final String SEPARATOR = "\n";
    private final SecretKeySpec key;

    Cursors(String key) {
        this.key = new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), ALGORITHM);
    }

    /** Binds a place to {@code query}: everything that must be the same when the cursor comes back. */
    String sign(List<String> query, String... place) {
        byte[] body = String.join(SEPARATOR, place).getBytes(StandardCharsets.UTF_8);
        byte[] signature = signature(query, body);
        byte[] all = Arrays.copyOf(signature, SIGNATURE_BYTES + body.length);
        System.arraycopy(body, 0, all, SIGNATURE_BYTES, body.length);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    }

    /** The place again, in {@code parts} parts; BAD_CURSOR for everything that was not signed for this query. */
    List<String> verify(List<String> query, String cursor, int parts) {
        byte[] all = decode(cursor);
        if (all.length < SIGNATURE_BYTES) {
            throw Refusal.of(ErrorCode.BAD_CURSOR);
        }
        byte[] body = Arrays.copyOfRange(all, SIGNATURE_BYTES, all.length);
        if (!MessageDigest.isEqual(signature(query, body), Arrays.copyOf(all, SIGNATURE_BYTES))) {
            throw Refusal.of(ErrorCode.BAD_CURSOR);
        }
        List<String> place = List.of(new String(body, StandardCharsets.UTF_8).split(SEPARATOR, -1));
        if (place.size() != parts) {
            throw Refusal.of(ErrorCode.BAD_CURSOR);
        }
        return place;
    }

    private byte[] signature(List<String> query, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            for (String part : query) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                mac.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8)); // so that parts cannot run together
                mac.update(bytes);
            }
            return Arrays.copyOf(mac.doFinal(body), SIGNATURE_BYTES);
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException("every JDK has " + ALGORITHM, impossible);
        }
    }

    private static byte[] decode(String cursor) {
        try {
            return Base64.getUrlDecoder().decode(cursor);
        } catch (IllegalArgumentException garbage) {
            throw Refusal.of(ErrorCode.BAD_CURSOR);
        }
    }
}
