package io.parley.media.transport.loop;

import io.parley.media.transport.engine.RemotePath;
import io.parley.media.transport.memory.PacketOrigin;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Whose packets come from which address, for all shards: an address is known everywhere before the check that proved it
 * is answered. A look-up takes no lock and allocates nothing.
 */
final class AddressTable<T> {
    private final ConcurrentHashMap<Key, T> owners = new ConcurrentHashMap<>();

    /** Whose the address of {@code origin} is, or null. */
    @Nullable
    T find(PacketOrigin origin, Probe probe) {
        probe.key.set(origin.high(), origin.low(), portKey(origin.port(), origin.socket()));
        return owners.get(probe.key);
    }

    /** Gives an address to {@code owner}, whoever had it. */
    void put(RemotePath path, T owner) {
        owners.put(Key.of(path), owner);
    }

    /** Forgets an address if it is {@code owner}'s still. */
    void remove(RemotePath path, T owner) {
        owners.remove(Key.of(path), owner);
    }

    /** TCP and UDP have ports of their own. */
    private static int portKey(int port, int socket) {
        return socket == PacketOrigin.NO_SOCKET ? port | 1 << 16 : port;
    }

    /** What one thread looks up with. */
    static final class Probe {
        private final Key key = new Key();
    }

    private static final class Key {
        private long high;
        private long low;
        private int port;

        private static Key of(RemotePath path) {
            var key = new Key();
            key.set(path.high(), path.low(), portKey(path.port(), path.socket()));
            return key;
        }

        private void set(long newHigh, long newLow, int newPort) {
            high = newHigh;
            low = newLow;
            port = newPort;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.low == low && key.port == port && key.high == high;
        }

        @Override
        public int hashCode() {
            long mixed = (low ^ (high * 31) ^ ((long) port << 40)) * 0x9e37_79b9_7f4a_7c15L;
            return (int) (mixed >>> 32);
        }
    }
}
