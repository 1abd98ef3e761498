package io.parley.media.transport.ice;

import io.parley.media.rtp.memory.Bytes;
import io.parley.media.rtp.stun.StunMessage;
import io.parley.media.rtp.stun.StunType;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who has which local user fragment, on all shards. Any thread; a look-up takes no lock and allocates nothing, so a
 * flood of checks for nobody costs little.
 */
public final class UfragTable<T> {
    private static final int LONGEST = 256;

    private final ConcurrentHashMap<Key, T> entries = new ConcurrentHashMap<>();

    /** False when another has it. */
    public boolean add(String ufrag, T owner) {
        return entries.putIfAbsent(Key.of(ufrag), owner) == null;
    }

    public void remove(String ufrag, T owner) {
        entries.remove(Key.of(ufrag), owner);
    }

    /** All who are expected, each once. */
    public Set<T> owners() {
        return Set.copyOf(entries.values());
    }

    /** Whom a check is for, by the part of its USERNAME in front of the colon; null when for nobody. */
    public @Nullable T find(StunMessage check, Probe probe) {
        int index = check.find(StunType.USERNAME);
        if (index < 0 || !probe.key.read(check.memory(), check.at(index), check.length(index))) {
            return null;
        }
        return entries.get(probe.key);
    }

    /** What one thread looks up with. */
    public static final class Probe {
        private final Key key = new Key(new byte[LONGEST], 0);
    }

    private static final class Key {
        private final byte[] bytes;
        private int length;
        private int hash;

        private Key(byte[] bytes, int length) {
            this.bytes = bytes;
            this.length = length;
            rehash();
        }

        private static Key of(String ufrag) {
            byte[] bytes = ufrag.getBytes(StandardCharsets.US_ASCII);
            return new Key(bytes, bytes.length);
        }

        private boolean read(MemorySegment memory, int at, int limit) {
            for (int i = 0; i < limit && i < LONGEST; i++) {
                int letter = Bytes.u8(memory, at + i);
                if (letter == ':') {
                    length = i;
                    rehash();
                    return true;
                }
                bytes[i] = (byte) letter;
            }
            return false;
        }

        private void rehash() {
            int sum = 1;
            for (int i = 0; i < length; i++) {
                sum = sum * 31 + bytes[i];
            }
            hash = sum;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && Arrays.equals(bytes, 0, length, key.bytes, 0, key.length);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
