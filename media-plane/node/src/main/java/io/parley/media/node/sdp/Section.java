package io.parley.media.node.sdp;

import java.util.List;
import java.util.Optional;

/**
 * One media section of an offer, or its session part: the attributes as they stand there.
 *
 * @param kind {@code audio}, {@code video}, {@code application}; empty for the session part
 * @param open whether its port is not 0, so that it is more than the place of a section that ended
 * @param formats payload types, most wanted first
 */
record Section(String kind, boolean open, String protocol, List<String> formats, List<Attribute> attributes) {
    /** An {@code a=} line; {@code value} is empty for a flag. */
    record Attribute(String name, String value) {}

    Section {
        formats = List.copyOf(formats);
        attributes = List.copyOf(attributes);
    }

    List<String> values(String name) {
        return attributes.stream()
                .filter(attribute -> attribute.name.equals(name))
                .map(Attribute::value)
                .toList();
    }

    Optional<String> value(String name) {
        return attributes.stream()
                .filter(attribute -> attribute.name.equals(name))
                .map(Attribute::value)
                .findFirst();
    }

    boolean has(String name) {
        return attributes.stream().anyMatch(attribute -> attribute.name.equals(name));
    }

    String mid() {
        return value("mid").orElse("");
    }

    boolean isVideo() {
        return kind.equals("video");
    }

    /** Whether it carries media over what we speak; anything else is declined in the answer. */
    boolean isMedia() {
        boolean secured = protocol.equals("UDP/TLS/RTP/SAVPF") || protocol.equals("TCP/TLS/RTP/SAVPF");
        return open && secured && (isVideo() || kind.equals("audio"));
    }

    /** Whether the client means to send in it; without a direction a section goes both ways (RFC 8866 section 6.7). */
    boolean sends() {
        return !has("recvonly") && !has("inactive");
    }

    boolean receives() {
        return !has("sendonly") && !has("inactive");
    }
}
