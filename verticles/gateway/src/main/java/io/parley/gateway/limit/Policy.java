package io.parley.gateway.limit;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A token bucket: {@code quota} per window, refilled evenly, at most {@code burst} at once. Written {@code 600/60s} or
 * {@code 600/60s burst 100}.
 */
public record Policy(String name, int quota, int windowSeconds, int burst) {
    private static final Pattern SPELLING = Pattern.compile("(\\d{1,9})/(\\d{1,5})s(?: burst (\\d{1,9}))?");
    static final String ALLOWED = "QUOTA/SECONDSs or QUOTA/SECONDSs burst BURST, e.g. 600/60s burst 100";

    public Policy {
        if (quota < 1 || windowSeconds < 1 || burst < 1) {
            throw new IllegalArgumentException("limit " + name + " must be " + ALLOWED + ", each at least 1");
        }
    }

    static Policy parse(String name, String text) {
        Matcher parts = SPELLING.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("limit " + name + " is \"" + text + "\", but must be " + ALLOWED);
        }
        int quota = Integer.parseInt(parts.group(1));
        return new Policy(
                name,
                quota,
                Integer.parseInt(parts.group(2)),
                parts.group(3) == null ? quota : Integer.parseInt(parts.group(3)));
    }

    double tokensPerMilli() {
        return quota / (windowSeconds * 1000.0);
    }
}
