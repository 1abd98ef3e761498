package io.parley.gateway.socket;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How frames look on one socket; chosen by the WebSocket subprotocol. */
public enum Encoding {
    /** Text messages: one frame in canonical proto3 JSON, or an array of frames. */
    JSON("parley.v1.json"),
    /** Binary messages: frames, each behind its length as a varint. */
    PROTO("parley.v1.proto");

    private final String subprotocol;

    Encoding(String subprotocol) {
        this.subprotocol = subprotocol;
    }

    public String subprotocol() {
        return subprotocol;
    }

    public static Optional<Encoding> ofSubprotocol(String name) {
        return Arrays.stream(values())
                .filter(encoding -> encoding.subprotocol.equals(name))
                .findFirst();
    }

    public static List<String> subprotocols() {
        return Arrays.stream(values()).map(Encoding::subprotocol).toList();
    }
}
