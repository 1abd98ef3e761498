package io.parley.media.transport.engine;

import io.parley.media.transport.TransportConfig;
import io.parley.media.transport.memory.PacketPool;
import java.io.IOException;

/** Chooses how datagrams are moved. */
public final class Engines {
    private Engines() {}

    /** The engine that {@code config} asks for, bound to {@code port} on all its addresses. */
    public static DatagramEngine open(TransportConfig config, int port, PacketPool pool) throws IOException {
        boolean shared = config.shards() > 1;
        boolean fast = NativeEngine.isAvailable();
        if (config.engine() == TransportConfig.Engine.NATIVE && !fast) {
            throw new IllegalArgumentException("the native engine needs 64-bit Linux; leave the choice to AUTO");
        }
        return config.engine() != TransportConfig.Engine.NIO && fast
                ? new NativeEngine(config.bind(), port, shared, pool)
                : new NioEngine(config.bind(), port, shared, pool);
    }
}
