package io.parley.media.node.control;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the control plane is.
 *
 * @param tls how both sides prove who they are; empty: in clear, for development and loopback
 */
public record ControlAddress(String host, int port, Optional<Tls> tls) {
    /** PEM files: the node's certificate chain and key, and whom it trusts. */
    public record Tls(Path certificate, Path key, Path authorities) {}

    public ControlAddress {
        if (host.isBlank() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("an address of the control plane is HOST:PORT");
        }
    }

    @Override
    public String toString() {
        return host + ":" + port + (tls.isPresent() ? " (mutual TLS)" : "");
    }
}
