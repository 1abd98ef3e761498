package io.parley.media.transport.engine;

import static java.lang.foreign.ValueLayout.JAVA_SHORT_UNALIGNED;

import io.parley.media.rtp.memory.Bytes;
import io.parley.media.transport.memory.PacketOrigin;
import java.lang.foreign.MemorySegment;

/** Linux's {@code sockaddr_in} and {@code sockaddr_in6}, in native memory. */
final class SocketAddresses {
    /** Room for either. */
    static final int BYTES = 32;

    static final int IPV4 = 2;
    static final int IPV6 = 10;

    private static final int IPV4_BYTES = 16;
    private static final int IPV6_BYTES = 28;
    private static final int PORT = 2;
    private static final int IPV4_ADDRESS = 4;
    private static final int IPV6_ADDRESS = 8;

    private SocketAddresses() {}

    /** Writes an address for a socket of {@code family} and returns its bytes. */
    static int write(MemorySegment memory, int at, int family, long high, long low, int port) {
        memory.set(JAVA_SHORT_UNALIGNED, at, (short) family);
        Bytes.put16(memory, at + PORT, port);
        if (family == IPV4) {
            Bytes.put32(memory, at + IPV4_ADDRESS, (int) low);
            Bytes.put64(memory, at + IPV4_ADDRESS + 4, 0);
            return IPV4_BYTES;
        }
        Bytes.put32(memory, at + 4, 0);
        Bytes.put64(memory, at + IPV6_ADDRESS, high);
        Bytes.put64(memory, at + IPV6_ADDRESS + 8, low);
        Bytes.put32(memory, at + IPV6_ADDRESS + 16, 0);
        return IPV6_BYTES;
    }

    static int port(MemorySegment memory, int at) {
        return Bytes.u16(memory, at + PORT);
    }

    static void read(MemorySegment memory, int at, PacketOrigin origin, int socket) {
        int port = port(memory, at);
        if (memory.get(JAVA_SHORT_UNALIGNED, at) == IPV4) {
            origin.set(0, PacketOrigin.mapped(Bytes.i32(memory, at + IPV4_ADDRESS)), port, socket);
        } else {
            origin.set(Bytes.i64(memory, at + IPV6_ADDRESS), Bytes.i64(memory, at + IPV6_ADDRESS + 8), port, socket);
        }
    }
}
