package io.parley.gateway.rest;

import io.netty.handler.ipfilter.IpFilterRuleType;
import io.netty.handler.ipfilter.IpSubnetFilterRule;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/**
 * Whose word on the client's address is taken. X-Forwarded-For is read from its end: each hop was appended by the one
 * before it in the chain, so the first address that is not a trusted proxy is the client's. Immutable.
 */
public final class TrustedProxies {
    private static final int HOPS_MAX = 16;
    private final List<IpSubnetFilterRule> networks;

    private TrustedProxies(List<IpSubnetFilterRule> networks) {
        this.networks = networks;
    }

    /** Fails with an IllegalArgumentException that names the entry that is no network such as 10.0.0.0/8. */
    public static TrustedProxies parse(List<String> cidrs) {
        List<IpSubnetFilterRule> networks = new ArrayList<>();
        for (String cidr : cidrs) {
            int slash = cidr.indexOf('/');
            String address = slash < 0 ? cidr : cidr.substring(0, slash);
            if (NetUtil.createByteArrayFromIpAddressString(address) == null) {
                throw new IllegalArgumentException(
                        "http.trusted-proxies has \"" + cidr + "\", but must be networks such as 10.0.0.0/8");
            }
            int bits = slash < 0 ? (address.contains(":") ? 128 : 32) : Integer.parseInt(cidr.substring(slash + 1));
            networks.add(new IpSubnetFilterRule(address, bits, IpFilterRuleType.ACCEPT));
        }
        return new TrustedProxies(List.copyOf(networks));
    }

    /** The client's address, given the peer's and the X-Forwarded-For headers joined by commas ("" = none). */
    String clientAddress(String peer, String forwardedFor) {
        String client = peer;
        List<String> hops = Headers.parts(forwardedFor, ",");
        for (int i = hops.size() - 1; i >= Math.max(0, hops.size() - HOPS_MAX) && isTrusted(client); i--) {
            String hop = hops.get(i);
            if (NetUtil.createByteArrayFromIpAddressString(hop) == null) {
                return client;
            }
            client = hop;
        }
        return client;
    }

    private boolean isTrusted(String address) {
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        if (bytes == null || networks.isEmpty()) {
            return false;
        }
        try {
            InetSocketAddress socket = new InetSocketAddress(InetAddress.getByAddress(bytes), 0);
            return networks.stream().anyMatch(network -> network.matches(socket));
        } catch (UnknownHostException impossible) {
            return false;
        }
    }
}
