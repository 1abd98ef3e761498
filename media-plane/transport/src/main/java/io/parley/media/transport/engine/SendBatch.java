package io.parley.media.transport.engine;

import io.parley.media.transport.Limits;
import io.parley.media.transport.memory.PacketPool;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Datagrams gathered to be sent, each in a slot of native memory, chained by receiver in the order they were added: so
 * whatever the order of adding, each receiver's datagrams leave as one run. One owner.
 */
public final class SendBatch {
    /** Behind the last datagram of a chain. */
    public static final int END = -1;

    private static final int SLOT_BYTES = PacketPool.PACKET_BYTES;

    private final MemorySegment memory;
    private final int[] lengths = new int[Limits.SEND_BATCH];
    private final int[] next = new int[Limits.SEND_BATCH];
    private final RemotePath[] paths = new RemotePath[Limits.SEND_BATCH];
    private int count;
    private long bytes;
    private int pathCount;
    private int number;

    public SendBatch(Arena arena) {
        memory = arena.allocate((long) Limits.SEND_BATCH * SLOT_BYTES, 64);
    }

    public MemorySegment memory() {
        return memory;
    }

    public boolean isFull() {
        return count == Limits.SEND_BATCH;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** Where the next datagram is to be written; the batch must not be full. */
    public int reservedAt() {
        return count * SLOT_BYTES;
    }

    /** Adds the datagram that was written at {@link #reservedAt}. */
    public void add(RemotePath path, int length) {
        int slot = count++;
        bytes += length;
        lengths[slot] = length;
        next[slot] = END;
        if (path.batch == number) {
            next[path.last] = slot;
        } else {
            path.batch = number;
            path.first = slot;
            paths[pathCount++] = path;
        }
        path.last = slot;
    }

    /** Bytes of all datagrams that were ever added. */
    public long bytes() {
        return bytes;
    }

    /** How many receivers there are. */
    public int pathCount() {
        return pathCount;
    }

    public RemotePath path(int index) {
        return paths[index];
    }

    /** The slot of the first datagram to a receiver. */
    public int first(int pathIndex) {
        return paths[pathIndex].first;
    }

    /** The slot behind {@code slot} in its chain, or {@link #END}. */
    public int next(int slot) {
        return next[slot];
    }

    public int at(int slot) {
        return slot * SLOT_BYTES;
    }

    public int length(int slot) {
        return lengths[slot];
    }

    /** Queues what goes to connections, and says how much of it they did not take; the engines pass it over. */
    public int sendToStreams() {
        int lost = 0;
        for (int i = 0; i < pathCount; i++) {
            var stream = paths[i].stream();
            for (int slot = first(i); stream != null && slot != END; slot = next[slot]) {
                if (!stream.send(memory, at(slot), lengths[slot])) {
                    lost++;
                }
            }
        }
        return lost;
    }

    /** Forgets all; the slots are free again. */
    public void clear() {
        count = 0;
        pathCount = 0;
        number++;
    }
}
