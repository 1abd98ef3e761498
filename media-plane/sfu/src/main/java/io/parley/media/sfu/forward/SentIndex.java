package io.parley.media.sfu.forward;

import io.parley.media.sfu.ingest.Encoding;
import org.jspecify.annotations.Nullable;

/**
 * What each number of a slot's stream stands for: a packet by reference to its encoding's ring, a hole for one that has
 * not come, or filler. From it a packet is built again when it is asked for, without a copy being kept. A ring of the
 * newest numbers. One owner, allocates nothing after construction.
 */
final class SentIndex {
    static final byte HOLE = 1;
    static final byte SENT = 2;
    static final byte FILLER = 3;
    private static final int EPOCHS = 8;

    private final int mask;
    private final long[] numbers;
    private final long[] places;
    private final long[] words;
    private final int[] epochs;
    private final int[] sentMillis;
    private final byte[] states;
    private final byte[] repeats;
    private final @Nullable Encoding[] epochEncodings = new Encoding[EPOCHS];
    private final int[] epochTimestampDeltas = new int[EPOCHS];
    private int epoch;
    private long next;
    private int holes;

    /** {@code size} is a power of two; the first packet gets number {@code first}. */
    SentIndex(int size, int first) {
        mask = size - 1;
        numbers = new long[size];
        places = new long[size];
        words = new long[size];
        epochs = new int[size];
        sentMillis = new int[size];
        states = new byte[size];
        repeats = new byte[size];
        next = first;
    }

    /** From now on numbers refer to {@code encoding}. */
    void begin(Encoding encoding, int timestampDelta) {
        epoch++;
        epochEncodings[epoch % EPOCHS] = encoding;
        epochTimestampDeltas[epoch % EPOCHS] = timestampDelta;
        holes = 0;
    }

    /** Takes the next number, 0 and up without wraps. */
    long append(byte state, long place, long word, int nowMillis) {
        long number = next;
        next++;
        int index = (int) number & mask;
        numbers[index] = number;
        places[index] = place;
        epochs[index] = epoch;
        holes += state == HOLE ? 1 : 0;
        settle(index, state, word, nowMillis);
        return number;
    }

    private void settle(int index, byte state, long word, int nowMillis) {
        states[index] = state;
        words[index] = word;
        sentMillis[index] = nowMillis;
        repeats[index] = 0;
    }

    /** The hole of the current encoding's {@code place}, filled now; -1 when there is none. */
    long fill(long place, byte state, long word, int nowMillis) {
        long number = hole(place);
        if (number >= 0) {
            settle((int) number & mask, state, word, nowMillis);
            holes--;
        }
        return number;
    }

    /** The number that was kept free for {@code place}, or -1. */
    long hole(long place) {
        if (holes == 0) {
            return -1;
        }
        long oldest = Math.max(0, next - mask);
        for (long number = next - 1; number >= oldest; number--) {
            int index = (int) number & mask;
            if (numbers[index] != number || epochs[index] != epoch || places[index] < place) {
                return -1; // places rise with numbers
            }
            if (places[index] == place) {
                return states[index] == HOLE ? number : -1;
            }
        }
        return -1;
    }

    /** The oldest hole of the current encoding, or -1. */
    long oldestHole() {
        if (holes == 0) {
            return -1;
        }
        for (long number = Math.max(0, next - mask); number < next; number++) {
            int index = (int) number & mask;
            if (numbers[index] == number && epochs[index] == epoch && states[index] == HOLE) {
                return number;
            }
        }
        holes = 0;
        return -1;
    }

    /** Makes filler of a hole. */
    void giveUp(long number, int nowMillis) {
        settle((int) number & mask, FILLER, 0, nowMillis);
        holes--;
    }

    /** The number without wraps that a receiver calls {@code sequence}, if it is still known, else -1. */
    long find(int sequence) {
        long number = next - 1 + (short) (sequence - (int) (next - 1));
        int index = (int) number & mask;
        return number >= 0 && number < next && numbers[index] == number ? number : -1;
    }

    byte state(long number) {
        return states[(int) number & mask];
    }

    long place(long number) {
        return places[(int) number & mask];
    }

    long word(long number) {
        return words[(int) number & mask];
    }

    int sentMillis(long number) {
        return sentMillis[(int) number & mask];
    }

    /** How often it was sent again. */
    int repeats(long number) {
        return repeats[(int) number & mask];
    }

    void resent(long number, int nowMillis) {
        int index = (int) number & mask;
        sentMillis[index] = nowMillis;
        repeats[index] = (byte) Math.min(Byte.MAX_VALUE, repeats[index] + 1);
    }

    /** The encoding that {@code number} came from, or null when there were too many switches since. */
    @Nullable
    Encoding encoding(long number) {
        int of = epochs[(int) number & mask];
        return epoch - of < EPOCHS ? epochEncodings[of % EPOCHS] : null;
    }

    int timestampDelta(long number) {
        return epochTimestampDeltas[epochs[(int) number & mask] % EPOCHS];
    }

    /** Forgets encodings, because their memory goes: nothing of before can be sent again. */
    void forget(Encoding encoding) {
        for (int i = 0; i < EPOCHS; i++) {
            if (epochEncodings[i] == encoding) {
                epochEncodings[i] = null;
            }
        }
    }

    long last() {
        return next - 1;
    }

    int holes() {
        return holes;
    }
}
