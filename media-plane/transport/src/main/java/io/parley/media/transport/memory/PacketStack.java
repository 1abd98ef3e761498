package io.parley.media.transport.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Packets on their way to one thread: any thread pushes, the owner takes all at once, oldest first. Never waits, never
 * allocates. A packet is in at most one stack.
 */
public final class PacketStack {
    private static final VarHandle TOP;

    static {
        try {
            TOP = MethodHandles.lookup().findVarHandle(PacketStack.class, "top", PacketBuffer.class);
        } catch (ReflectiveOperationException failure) {
            throw new ExceptionInInitializerError(failure);
        }
    }

    private volatile @Nullable PacketBuffer top;

    /** Hands a packet over, with the caller's hold on it. Any thread. */
    public void push(PacketBuffer packet) {
        PacketBuffer head;
        do {
            head = top;
            packet.next = head;
        } while (!TOP.compareAndSet(this, head, packet));
    }

    public boolean isEmpty() {
        return top == null;
    }

    /** All that was pushed, oldest first, to be walked with {@link #after}; null when there is none. The owner. */
    public @Nullable PacketBuffer takeAll() {
        var at = (PacketBuffer) TOP.getAndSet(this, null);
        PacketBuffer oldest = null;
        while (at != null) {
            PacketBuffer following = at.next;
            at.next = oldest;
            oldest = at;
            at = following;
        }
        return oldest;
    }

    /** Takes {@code packet} out of the chain and returns the one behind it, null at the end. */
    public static @Nullable PacketBuffer after(PacketBuffer packet) {
        PacketBuffer following = packet.next;
        packet.next = null;
        return following;
    }
}
