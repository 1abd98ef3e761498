package io.parley.media.rtp.fuzz;

import io.parley.media.rtp.Hex;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Makes packets that are almost right: sound ones, changed a little, or joined, or cut, and now and then mere noise.
 */
final class Mutator {
    private static final int BYTES_MAX = 1_500;
    private static final int[] EXTREMES = {0, 1, 0x7f, 0x80, 0xfe, 0xff};

    private final List<byte[]> sound;
    private final RandomGenerator random;

    Mutator(List<String> sound, RandomGenerator random) {
        this.sound = sound.stream().map(Hex::bytes).toList();
        this.random = random;
    }

    byte[] next() {
        int kind = random.nextInt(10);
        if (kind == 0) {
            return noise(random.nextInt(64));
        }
        byte[] bytes = pick().clone();
        if (kind == 1) {
            bytes = join(bytes, pick());
        } else if (kind == 2) {
            bytes = join(bytes, noise(random.nextInt(random.nextInt(40) == 0 ? BYTES_MAX : 32)));
        } else if (kind == 3) {
            bytes = Arrays.copyOf(bytes, random.nextInt(bytes.length + 1));
        }
        for (int changes = random.nextInt(5); changes > 0 && bytes.length > 0; changes--) {
            change(bytes);
        }
        return bytes;
    }

    private void change(byte[] bytes) {
        // Headers are where the traps are: half of all changes hit the first sixteen bytes.
        int reach = random.nextBoolean() ? Math.min(16, bytes.length) : bytes.length;
        int at = random.nextInt(reach);
        bytes[at] = switch (random.nextInt(3)) {
            case 0 -> (byte) (bytes[at] ^ 1 << random.nextInt(8));
            case 1 -> (byte) EXTREMES[random.nextInt(EXTREMES.length)];
            default -> (byte) random.nextInt();
        };
    }

    private byte[] pick() {
        return sound.get(random.nextInt(sound.size()));
    }

    private byte[] noise(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
