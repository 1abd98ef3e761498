package io.parley.schema;

/**
 * Makes ULIDs: 26 characters of Crockford's base 32, 48 bits of wall time and 80 of chance, which sort by time as text.
 * Monotonic: each is greater than the one before from the same instance, also when the clock stands still or goes back.
 * Thread-safe.
 */
public final class Ulids {
    /** Characters of one ULID. */
    public static final int LENGTH = 26;

    private static final char[] BASE32 = "0123456789ABCDEFGHJKMNPQRSTVWXYZ".toCharArray();
    private static final int CHANCE_BYTES = 10;
    /** The upper 16 and the lower 64 of the 80 bits are counted up together within one millisecond. */
    private static final int HIGH_MAX = 0xFFFF;

    private final Clock clock;
    private final Randomness randomness;
    private long lastMillis = -1;
    private int high;
    private long low;

    public Ulids(Clock clock, Randomness randomness) {
        this.clock = clock;
        this.randomness = randomness;
    }

    public synchronized String next() {
        long nowMillis = clock.wallMillis();
        if (nowMillis > lastMillis) {
            lastMillis = nowMillis;
            draw();
        } else {
            increment();
        }
        return text();
    }

    private void draw() {
        byte[] chance = new byte[CHANCE_BYTES];
        randomness.fill(chance);
        high = ((chance[0] & 0xFF) << 8) | (chance[1] & 0xFF);
        low = 0;
        for (int index = 2; index < CHANCE_BYTES; index++) {
            low = (low << 8) | (chance[index] & 0xFF);
        }
    }

    /** A step of chance rather than of one, so that an id does not give away its neighbour. */
    private void increment() {
        long before = low;
        low += 1 + randomness.below(1L << 32);
        if (Long.compareUnsigned(low, before) < 0 && ++high > HIGH_MAX) {
            lastMillis++; // all 80 bits are used up: borrow from the next millisecond
            draw();
        }
    }

    private String text() {
        char[] text = new char[LENGTH];
        for (int index = 0; index < 10; index++) {
            text[index] = BASE32[(int) (lastMillis >>> (45 - 5 * index)) & 31];
        }
        // 80 bits: 16 of them, then 64, five at a time; the fourth character takes one bit of the 16 and four of the
        // 64.
        text[10] = BASE32[(high >>> 11) & 31];
        text[11] = BASE32[(high >>> 6) & 31];
        text[12] = BASE32[(high >>> 1) & 31];
        text[13] = BASE32[((high & 1) << 4) | ((int) (low >>> 60) & 15)];
        for (int index = 14; index < LENGTH; index++) {
            text[index] = BASE32[(int) (low >>> (55 - 5 * (index - 14))) & 31];
        }
        return new String(text);
    }

    /** The moment in a ULID, or in an id that ends with one. */
    public static long wallMillis(String ulid) {
        if (ulid.length() < LENGTH) {
            throw new IllegalArgumentException("no ULID in it");
        }
        long millis = 0;
        int start = ulid.length() - LENGTH;
        for (int index = start; index < start + 10; index++) {
            millis = (millis << 5) | digit(ulid.charAt(index));
        }
        return millis;
    }

    private static int digit(char c) {
        for (int value = 0; value < BASE32.length; value++) {
            if (BASE32[value] == c) {
                return value;
            }
        }
        throw new IllegalArgumentException("no ULID in it");
    }
}
