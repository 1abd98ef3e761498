package io.parley.media.transport.memory;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The packet buffers of one shard. Its owner takes, any thread gives back; neither waits nor allocates. Memory is taken
 * from the system in slabs as it is needed, up to the limit, and kept until {@link #close}.
 */
public final class PacketPool implements AutoCloseable {
    /** Room of one buffer: an Ethernet frame's datagram, with what SRTP and framing add. */
    public static final int PACKET_BYTES = 2_048;

    private static final int SLAB_BUFFERS = 256;
    private static final VarHandle GIVEN;

    static {
        try {
            GIVEN = MethodHandles.lookup().findVarHandle(PacketPool.class, "given", PacketBuffer.class);
        } catch (ReflectiveOperationException failure) {
            throw new ExceptionInInitializerError(failure);
        }
    }

    private final Arena arena = Arena.ofShared();
    private final int limit;
    private int made;
    private @Nullable PacketBuffer free;

    /** A stack that any thread pushes onto; the owner takes it as a whole, so no element is popped by two. */
    private volatile @Nullable PacketBuffer given;

    /** A pool of at most {@code limit} buffers. */
    public PacketPool(int limit) {
        this.limit = limit;
    }

    /** A buffer held once by the caller, or null when all are in use. Only the owner. */
    public @Nullable PacketBuffer take() {
        PacketBuffer taken = free;
        if (taken == null) {
            taken = (PacketBuffer) GIVEN.getAndSet(this, null);
            if (taken == null) {
                taken = grow();
                if (taken == null) {
                    return null;
                }
            }
        }
        free = taken.next;
        taken.next = null;
        taken.reset();
        return taken;
    }

    /** How many buffers are in use: all but those that lie free. Walks the free ones, so it is for tests and ends. */
    public int inUse() {
        return made - count(free) - count(given);
    }

    /** How many buffers this pool has made so far. */
    public int made() {
        return made;
    }

    /** Frees the memory; a packet that is still held must not be touched any more. */
    @Override
    public void close() {
        arena.close();
    }

    void give(PacketBuffer buffer) {
        PacketBuffer head;
        do {
            head = given;
            buffer.next = head;
        } while (!GIVEN.compareAndSet(this, head, buffer));
    }

    private @Nullable PacketBuffer grow() {
        int more = Math.min(SLAB_BUFFERS, limit - made);
        if (more <= 0) {
            return null;
        }
        MemorySegment slab = arena.allocate((long) more * PACKET_BYTES, 64);
        PacketBuffer head = null;
        for (int i = more - 1; i >= 0; i--) {
            var buffer = new PacketBuffer(this, slab.asSlice((long) i * PACKET_BYTES, PACKET_BYTES));
            buffer.next = head;
            head = buffer;
        }
        made += more;
        return head;
    }

    private static int count(@Nullable PacketBuffer head) {
        int count = 0;
        for (PacketBuffer at = head; at != null; at = at.next) {
            count++;
        }
        return count;
    }
}
