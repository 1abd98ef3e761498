package io.parley.media.transport;

import java.net.InetAddress;
import java.util.List;

/**
 * What a media port is opened with.
 *
 * @param bind the addresses to listen on: the wildcard, or single ones. On the wildcard the system's routes choose the
 *     address that answers leave from, so a host that clients reach by several addresses must name them
 * @param port of UDP and TCP alike; 0 lets the system choose
 * @param advertised the addresses peers are told, where they differ from those bound, such as behind a NAT; empty means
 *     the bound ones, or those of all interfaces for the wildcard
 * @param shards threads with a socket each
 * @param engine how datagrams are moved
 * @param tcp whether peers may also connect by TCP
 */
public record TransportConfig(
        List<InetAddress> bind, int port, List<InetAddress> advertised, int shards, Engine engine, boolean tcp) {
    /** How datagrams are moved. */
    public enum Engine {
        /** The fastest one that works on this machine. */
        AUTO,
        /** System calls through the foreign-function API; Linux. */
        NATIVE,
        /** Channels of the JDK; everywhere. */
        NIO
    }

    public TransportConfig {
        bind = List.copyOf(bind);
        advertised = List.copyOf(advertised);
        if (bind.isEmpty() || port < 0 || port > 65_535 || shards < 1) {
            throw new IllegalArgumentException("a media port needs an address, a port and a shard");
        }
    }
}
