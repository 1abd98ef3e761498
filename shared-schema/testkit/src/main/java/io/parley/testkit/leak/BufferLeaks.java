package io.parley.testkit.leak;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** What Netty found unreleased. Netty only notices once a buffer was collected and another one is made. */
final class BufferLeaks {
    private static final ConcurrentLinkedQueue<String> FOUND = new ConcurrentLinkedQueue<>();
    /** A collection is a request, not an order: a few of them, each followed by buffers that make Netty look. */
    private static final int ROUNDS = 3;

    private static final int BUFFERS_PER_ROUND = 64;

    private static final class Recording<T> extends ResourceLeakDetector<T> {
        Recording(Class<?> watched) {
            super(watched, 1); // every buffer
        }

        @Override
        protected boolean needReport() {
            return true;
        }

        @Override
        protected void reportTracedLeak(String type, String records) {
            FOUND.add(type + " was collected without release:" + records);
        }

        @Override
        protected void reportUntracedLeak(String type) {
            FOUND.add(type + " was collected without release");
        }
    }

    private BufferLeaks() {}

    /** Watches every buffer of this JVM. Must run before Netty makes its first one. */
    static void watch() {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.SIMPLE);
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new ResourceLeakDetectorFactory() {
            @Override
            @SuppressWarnings("deprecation") // abstract, so it has to be there
            public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> watched, int sampling, long maxActive) {
                return new Recording<>(watched);
            }

            @Override
            public <T> ResourceLeakDetector<T> newResourceLeakDetector(Class<T> watched, int sampling) {
                return new Recording<>(watched);
            }
        });
    }

    /** The leaks found since the last call. */
    static List<String> collect() {
        for (int round = 0; round < ROUNDS; round++) {
            System.gc();
            for (int made = 0; made < BUFFERS_PER_ROUND; made++) {
                ByteBuf probe = UnpooledByteBufAllocator.DEFAULT.directBuffer(1);
                probe.release();
            }
        }
        List<String> found = List.copyOf(FOUND);
        FOUND.removeAll(found);
        return found;
    }
}
