package io.parley.chat.domain;

/** Where a message is in its channel. */
public record MessageRef(ChannelKey channel, long offset) {}
