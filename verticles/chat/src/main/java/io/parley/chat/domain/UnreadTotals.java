package io.parley.chat.domain;

/** Unread over all channels of a user. */
public record UnreadTotals(long messages, long mentions, long channels) {}
