package io.parley.media.transport.memory;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.concurrent.ArrayBlockingQueue;
import org.junit.jupiter.api.Test;

final class PacketPoolTest {
    @Test
    void aBufferComesBackWithItsLastRelease() {
        try (var pool = new PacketPool(1)) {
            var buffer = requireNonNull(pool.take());
            buffer.retain();
            buffer.release();
            assertNull(pool.take());
            buffer.release();
            assertEquals(0, pool.inUse());
            assertEquals(buffer, pool.take());
        }
    }

    @Test
    void oneReleaseTooManyIsNoticed() {
        try (var pool = new PacketPool(1)) {
            var buffer = requireNonNull(pool.take());
            buffer.release();
            assertThrows(IllegalStateException.class, buffer::release);
        }
    }

    @Test
    void thePoolGrowsToItsLimitAndNoFurther() {
        try (var pool = new PacketPool(300)) {
            var taken = new ArrayDeque<PacketBuffer>();
            for (var next = pool.take(); next != null; next = pool.take()) {
                assertNotSame(next, taken.peekLast());
                taken.add(next);
            }
            assertEquals(300, taken.size());
            taken.forEach(PacketBuffer::release);
            assertEquals(0, pool.inUse());
            assertEquals(300, pool.made());
        }
    }

    @Test
    void anotherThreadGivesBackWhatTheOwnerTook() throws InterruptedException {
        int packets = 200_000;
        try (var pool = new PacketPool(64)) {
            var across = new ArrayBlockingQueue<PacketBuffer>(64);
            var other = Thread.ofPlatform().start(() -> {
                for (int i = 0; i < packets; i++) {
                    takeFrom(across).release();
                }
            });
            for (int i = 0; i < packets; i++) {
                PacketBuffer buffer = pool.take();
                while (buffer == null) {
                    Thread.onSpinWait();
                    buffer = pool.take();
                }
                across.put(buffer);
            }
            other.join();
            assertEquals(0, pool.inUse());
        }
    }

    private static PacketBuffer takeFrom(ArrayBlockingQueue<PacketBuffer> across) {
        try {
            return across.take();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
