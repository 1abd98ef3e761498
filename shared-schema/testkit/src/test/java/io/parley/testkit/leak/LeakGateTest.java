package io.parley.testkit.leak;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("it makes leaks of its own, and collects everybody's")
final class LeakGateTest {
    @Test
    void aBufferThatNobodyReleasedIsFound_oneThatWasReleasedIsNot() {
        BufferLeaks.collect();
        assertEquals(List.of(), BufferLeaks.collect());
        forget();
        List<String> found = new ArrayList<>();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            found.addAll(BufferLeaks.collect());
            return !found.isEmpty();
        });
        assertTrue(found.getFirst().contains("collected without release"), found.getFirst());
    }

    private static void forget() {
        ByteBuf released = PooledByteBufAllocator.DEFAULT.directBuffer(16);
        released.release();
        ByteBuf forgotten = PooledByteBufAllocator.DEFAULT.directBuffer(16);
        forgotten.writeByte(1);
    }
}
