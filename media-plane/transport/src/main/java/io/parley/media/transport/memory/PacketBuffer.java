package io.parley.media.transport.memory;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Room for one packet in native memory, counted: whoever keeps it beyond the call in which it was seen calls
 * {@link #retain}, and {@link #release} exactly once afterwards; the last release gives the room back to its pool, from
 * any thread. The bytes have one writer at a time: after the packet was handed to a second holder nobody writes them.
 */
public final class PacketBuffer {
    private static final VarHandle REFERENCES;

    static {
        try {
            REFERENCES = MethodHandles.lookup().findVarHandle(PacketBuffer.class, "references", int.class);
        } catch (ReflectiveOperationException failure) {
            throw new ExceptionInInitializerError(failure);
        }
    }

    private final PacketPool pool;
    private final MemorySegment memory;
    private final PacketOrigin origin = new PacketOrigin();
    private int offset;
    private int length;

    @SuppressWarnings("UnusedVariable") // through REFERENCES
    private volatile int references;

    /** The next in the one stack that this buffer is in: free ones, or those on their way to another shard. */
    @Nullable
    PacketBuffer next;

    PacketBuffer(PacketPool pool, MemorySegment memory) {
        this.pool = pool;
        this.memory = memory;
    }

    /** The memory of this packet alone, {@link PacketPool#PACKET_BYTES} long: a wrong position cannot reach others. */
    public MemorySegment memory() {
        return memory;
    }

    /** Where the packet begins in {@link #memory}. */
    public int offset() {
        return offset;
    }

    public int length() {
        return length;
    }

    /** Says where in {@link #memory} the packet lies. */
    public void range(int newOffset, int newLength) {
        offset = newOffset;
        length = newLength;
    }

    /** Where the packet came from, for one that was received. */
    public PacketOrigin origin() {
        return origin;
    }

    /** Keeps the packet beyond this call. Only a holder may do so. */
    public void retain() {
        REFERENCES.getAndAdd(this, 1);
    }

    /** Gives up one hold; the packet must not be touched afterwards. Any thread. */
    public void release() {
        int before = (int) REFERENCES.getAndAdd(this, -1);
        if (before == 1) {
            pool.give(this);
        } else if (before <= 0) {
            throw new IllegalStateException("a packet was released more often than retained");
        }
    }

    /** As new: empty, held once. */
    void reset() {
        offset = 0;
        length = 0;
        REFERENCES.setRelease(this, 1);
    }
}
