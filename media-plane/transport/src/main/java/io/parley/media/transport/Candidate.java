package io.parley.media.transport;

import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * An address that peers may try, in our SDP.
 *
 * @param order 0 for the most wanted; the others follow
 */
public record Candidate(InetAddress address, int port, Protocol protocol, int order) {
    /** How packets travel. */
    public enum Protocol {
        UDP,
        /** The peer connects (RFC 6544 section 4). */
        TCP_PASSIVE
    }

    private static final int HOST_PREFERENCE = 126;
    private static final int RTP_COMPONENT = 1;

    /** The priority (RFC 8445 section 5.1.2): UDP before TCP, IPv6 before IPv4, then as configured. */
    public long priority() {
        int transport = protocol == Protocol.UDP ? 1 << 14 : 0;
        int family = address instanceof Inet6Address ? 1 << 13 : 0;
        int local = transport + family + (1 << 13) - 1 - order;
        return (long) HOST_PREFERENCE << 24 | (long) local << 8 | (256 - RTP_COMPONENT);
    }

    /**
     * The value of an SDP {@code a=candidate} line, {@code candidate:…} (RFC 8839 section 5.1, RFC 6544 section 4.5).
     */
    public String sdp() {
        boolean udp = protocol == Protocol.UDP;
        return "candidate:%d %d %s %d %s %d typ host%s"
                .formatted(
                        foundation(),
                        RTP_COMPONENT,
                        udp ? "udp" : "tcp",
                        priority(),
                        address.getHostAddress().replaceFirst("%.*", ""),
                        port,
                        udp ? "" : " tcptype passive");
    }

    /** Equal for candidates of one address and protocol (RFC 8445 section 5.1.1.3). */
    private int foundation() {
        return order * 2 + (protocol == Protocol.UDP ? 1 : 2);
    }
}
