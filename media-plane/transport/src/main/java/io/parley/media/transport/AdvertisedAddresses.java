package io.parley.media.transport;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * The addresses that peers are told. An address that no peer could reach is refused at start, in words that say what to
 * change: found out later, it looks like calls that never connect.
 */
public final class AdvertisedAddresses {
    private AdvertisedAddresses() {}

    /** Those of {@code config}, else those bound, else those of this machine; throws IllegalArgumentException. */
    public static List<InetAddress> of(TransportConfig config) {
        if (!config.advertised().isEmpty()) {
            config.advertised().forEach(address -> check(address, config.bind()));
            return List.copyOf(new LinkedHashSet<>(config.advertised()));
        }
        var found = new LinkedHashSet<InetAddress>();
        for (var bound : config.bind()) {
            if (bound.isAnyLocalAddress()) {
                found.addAll(interfaceAddresses(bound instanceof Inet6Address));
            } else {
                check(bound, config.bind());
                found.add(bound);
            }
        }
        if (found.isEmpty()) {
            throw new IllegalArgumentException("the media port has no address to advertise: this machine has only"
                    + " loopback and link-local ones; name the addresses that clients reach it by");
        }
        return List.copyOf(found);
    }

    private static void check(InetAddress address, List<InetAddress> bind) {
        String refusal = refusal(address, bind);
        if (!refusal.isEmpty()) {
            throw new IllegalArgumentException("the media port cannot advertise " + address.getHostAddress() + ": "
                    + refusal + "; name an address that clients reach it by");
        }
    }

    private static String refusal(InetAddress address, List<InetAddress> bind) {
        if (address.isAnyLocalAddress()) {
            return "it is the wildcard, which stands for no address";
        }
        if (address.isMulticastAddress()) {
            return "it is a multicast address";
        }
        if (address.isLinkLocalAddress()) {
            return "it is link-local, so it means another machine to everybody else";
        }
        if (address.isLoopbackAddress() && !bind.stream().allMatch(InetAddress::isLoopbackAddress)) {
            return "it is the loopback address, but the port also listens on others (" + bind + ")";
        }
        if (!address.isLoopbackAddress() && bind.stream().allMatch(InetAddress::isLoopbackAddress)) {
            return "the port listens on the loopback address only";
        }
        boolean sixth = address instanceof Inet6Address;
        boolean heard =
                bind.stream().anyMatch(bound -> (bound instanceof Inet6Address) == sixth || bothFamilies(bound));
        return heard ? "" : "the port does not listen on any address of its family";
    }

    /** The IPv6 wildcard takes IPv4 packets too. */
    private static boolean bothFamilies(InetAddress bound) {
        return bound instanceof Inet6Address && bound.isAnyLocalAddress();
    }

    private static List<InetAddress> interfaceAddresses(boolean sixthToo) {
        try {
            return NetworkInterface.networkInterfaces()
                    .filter(AdvertisedAddresses::isUp)
                    .flatMap(NetworkInterface::inetAddresses)
                    .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                    .filter(address -> sixthToo || !(address instanceof Inet6Address))
                    .sorted(Comparator.comparing((InetAddress address) -> address instanceof Inet6Address)
                            .reversed())
                    .toList();
        } catch (SocketException failure) {
            throw new IllegalArgumentException("this machine's network interfaces cannot be listed", failure);
        }
    }

    private static boolean isUp(NetworkInterface network) {
        try {
            return network.isUp();
        } catch (SocketException failure) {
            return false; // it has just gone
        }
    }

    /** A candidate for every address and protocol, UDP first. */
    public static List<Candidate> candidates(TransportConfig config, int port) {
        var candidates = new ArrayList<Candidate>();
        var addresses = of(config);
        for (int i = 0; i < addresses.size(); i++) {
            candidates.add(new Candidate(addresses.get(i), port, Candidate.Protocol.UDP, i));
        }
        for (int i = 0; config.tcp() && i < addresses.size(); i++) {
            candidates.add(new Candidate(addresses.get(i), port, Candidate.Protocol.TCP_PASSIVE, i));
        }
        return List.copyOf(candidates);
    }
}
