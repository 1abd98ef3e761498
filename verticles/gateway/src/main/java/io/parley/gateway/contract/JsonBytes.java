package io.parley.gateway.contract;

import java.time.Instant;
import java.util.Arrays;

/** JSON text in the making: bytes that grow, with commas where they belong. */
final class JsonBytes {
    private static final byte[] HEX = "0123456789abcdef".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    private static final int FIRST = 512;
    /** The most bytes that one char of a string can take: an escaped control character. */
    private static final int CHAR_BYTES_MAX = 6;

    private byte[] bytes = new byte[FIRST];
    private int length;
    private boolean fresh = true;

    byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    void open(char bracket) {
        room(1);
        bytes[length++] = (byte) bracket;
        fresh = true;
    }

    void close(char bracket) {
        room(1);
        bytes[length++] = (byte) bracket;
        fresh = false;
    }

    /** Before every item of a list. */
    void next() {
        if (!fresh) {
            room(1);
            bytes[length++] = ',';
        }
        fresh = false;
    }

    /** A member's name, quoted and with its colon. */
    void name(byte[] quoted) {
        next();
        room(quoted.length);
        System.arraycopy(quoted, 0, bytes, length, quoted.length);
        length += quoted.length;
    }

    void key(String name) {
        next();
        string(name);
        room(1);
        bytes[length++] = ':';
    }

    /** Text of ASCII that needs no escape. */
    @SuppressWarnings("deprecation") // the one way to copy ASCII without an intermediate array
    void ascii(String text) {
        room(text.length());
        text.getBytes(0, text.length(), bytes, length);
        length += text.length();
        fresh = false;
    }

    void quoted(String ascii) {
        room(ascii.length() + 2);
        bytes[length++] = '"';
        ascii(ascii);
        room(1);
        bytes[length++] = '"';
    }

    /** RFC 3339 in UTC with no, 3, 6 or 9 digits of a second. */
    void time(long seconds, int nanos) {
        quoted(Instant.ofEpochSecond(seconds, nanos).toString());
    }

    /** RFC 8259 section 7: quotes, backslashes and control characters are escaped; a lone surrogate becomes "?". */
    void string(String text) {
        int chars = text.length();
        room(chars + 2);
        bytes[length++] = '"';
        for (int i = 0; i < chars; i++) {
            char c = text.charAt(i);
            if (c >= ' ' && c < 0x80 && c != '"' && c != '\\') {
                if (length == bytes.length) {
                    room(chars - i + 1);
                }
                bytes[length++] = (byte) c;
            } else if (Character.isHighSurrogate(c) && i + 1 < chars && Character.isLowSurrogate(text.charAt(i + 1))) {
                wide(Character.toCodePoint(c, text.charAt(++i)));
            } else {
                special(c);
            }
        }
        room(1);
        bytes[length++] = '"';
        fresh = false;
    }

    private void special(char c) {
        room(CHAR_BYTES_MAX);
        if (c >= 0x80) {
            narrow(Character.isSurrogate(c) ? '?' : c);
            return;
        }
        bytes[length++] = '\\';
        switch (c) {
            case '"', '\\' -> bytes[length++] = (byte) c;
            case '\n' -> bytes[length++] = 'n';
            case '\r' -> bytes[length++] = 'r';
            case '\t' -> bytes[length++] = 't';
            default -> {
                bytes[length++] = 'u';
                bytes[length++] = '0';
                bytes[length++] = '0';
                bytes[length++] = HEX[c >> 4];
                bytes[length++] = HEX[c & 0xf];
            }
        }
    }

    private void narrow(char c) {
        if (c < 0x80) {
            bytes[length++] = (byte) c;
        } else if (c < 0x800) {
            bytes[length++] = (byte) (0xc0 | (c >> 6));
            bytes[length++] = (byte) (0x80 | (c & 0x3f));
        } else {
            bytes[length++] = (byte) (0xe0 | (c >> 12));
            bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3f));
            bytes[length++] = (byte) (0x80 | (c & 0x3f));
        }
    }

    private void wide(int c) {
        room(CHAR_BYTES_MAX);
        bytes[length++] = (byte) (0xf0 | (c >> 18));
        bytes[length++] = (byte) (0x80 | ((c >> 12) & 0x3f));
        bytes[length++] = (byte) (0x80 | ((c >> 6) & 0x3f));
        bytes[length++] = (byte) (0x80 | (c & 0x3f));
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
