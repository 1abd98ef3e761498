package io.parley.chat.domain;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A message's id says where the message is (month and offset), so a look-up by id reads one partition and needs no
 * index. The suffix makes ids unique over channels and unguessable.
 */
public record MessageAddress(int month, long offset, String suffix) {
    public static final int SUFFIX_LENGTH = 8;
    private static final Pattern FORM = Pattern.compile("([0-9a-z]{1,5})-([0-9a-z]{1,11})-([0-9a-z]{8})");

    public static Optional<MessageAddress> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        return Optional.of(new MessageAddress(
                Integer.parseInt(matcher.group(1), Character.MAX_RADIX),
                Long.parseLong(matcher.group(2), Character.MAX_RADIX),
                matcher.group(3)));
    }

    /** Makes the suffix from {@code chance}: at least 41 random bits. */
    public static MessageAddress of(int month, long offset, long chance) {
        String digits = Long.toString(chance & Long.MAX_VALUE, Character.MAX_RADIX);
        String padded = ("0".repeat(SUFFIX_LENGTH) + digits).substring(digits.length());
        return new MessageAddress(month, offset, padded.substring(padded.length() - SUFFIX_LENGTH));
    }

    @Override
    public String toString() {
        return "%s-%s-%s"
                .formatted(
                        Integer.toString(month, Character.MAX_RADIX),
                        Long.toString(offset, Character.MAX_RADIX),
                        suffix)
                .toLowerCase(Locale.ROOT);
    }
}
