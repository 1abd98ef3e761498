package io.parley.media.transport.loop;

import io.parley.media.transport.memory.PacketOrigin;
import org.jspecify.annotations.Nullable;

/** Whose packets come from which address: open addressing, no allocation but to grow. One owner. */
final class AddressTable<T> {
    private long[] highs = new long[64];
    private long[] lows = new long[64];
    private int[] ports = new int[64];
    private @Nullable Object[] owners = new @Nullable Object[64];
    private int count;

    /** Whose the address of {@code origin} is, or null. */
    @Nullable
    T find(PacketOrigin origin) {
        return owner(slot(origin.high(), origin.low(), origin.port()));
    }

    /** Gives an address to {@code owner}, whoever had it. */
    void put(long high, long low, int port, T owner) {
        if ((count + 1) * 2 > owners.length) {
            grow();
        }
        int slot = slot(high, low, port);
        if (owners[slot] == null) {
            count++;
        }
        set(slot, high, low, port, owner);
    }

    /** Forgets an address if it is {@code owner}'s. */
    void remove(long high, long low, int port, T owner) {
        int slot = slot(high, low, port);
        if (owners[slot] != owner) {
            return;
        }
        owners[slot] = null;
        count--;
        // What stood behind it may have wanted its place: put all of the cluster in again.
        int mask = owners.length - 1;
        for (int i = (slot + 1) & mask; owners[i] != null; i = (i + 1) & mask) {
            Object moved = owners[i];
            owners[i] = null;
            set(slot(highs[i], lows[i], ports[i]), highs[i], lows[i], ports[i], moved);
        }
    }

    int size() {
        return count;
    }

    private void set(int slot, long high, long low, int port, @Nullable Object owner) {
        highs[slot] = high;
        lows[slot] = low;
        ports[slot] = port;
        owners[slot] = owner;
    }

    private void grow() {
        var oldHighs = highs;
        var oldLows = lows;
        var oldPorts = ports;
        var oldOwners = owners;
        int size = owners.length * 2;
        highs = new long[size];
        lows = new long[size];
        ports = new int[size];
        owners = new @Nullable Object[size];
        for (int i = 0; i < oldOwners.length; i++) {
            if (oldOwners[i] != null) {
                set(slot(oldHighs[i], oldLows[i], oldPorts[i]), oldHighs[i], oldLows[i], oldPorts[i], oldOwners[i]);
            }
        }
    }

    private int slot(long high, long low, int port) {
        long mixed = (low ^ high * 31 ^ (long) port << 40) * 0x9e37_79b9_7f4a_7c15L;
        int mask = owners.length - 1;
        int slot = (int) (mixed >>> 40) & mask;
        while (owners[slot] != null && (lows[slot] != low || ports[slot] != port || highs[slot] != high)) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    @SuppressWarnings("unchecked") // only put writes, and it takes a T
    private @Nullable T owner(int slot) {
        return (T) owners[slot];
    }
}
