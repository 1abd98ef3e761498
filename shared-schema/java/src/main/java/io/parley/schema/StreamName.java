package io.parley.schema;

import java.util.Optional;

/**
 * A stream of events as clients name it: {@code ch:CHANNEL}, {@code me:USER}, {@code pres:USER}. It names no tenant:
 * inside the cluster a stream is known by {@link TenantStream}.
 */
public record StreamName(Kind kind, String name) {
    /** What flows in a stream. */
    public enum Kind {
        /** A channel's events: recoverable. */
        CHANNEL("ch:"),
        /** What concerns one user alone: recoverable. */
        INBOX("me:"),
        /** A user's presence: ephemeral. */
        PRESENCE("pres:");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }

        public String prefix() {
            return prefix;
        }

        /** True when missed events can be read again by offset. */
        public boolean isRecoverable() {
            return this != PRESENCE;
        }
    }

    public StreamName {
        Names.require("stream's name", name);
    }

    public static StreamName of(ChannelId channel) {
        return new StreamName(Kind.CHANNEL, channel.value());
    }

    public static StreamName inboxOf(UserId user) {
        return new StreamName(Kind.INBOX, user.value());
    }

    public static StreamName presenceOf(UserId user) {
        return new StreamName(Kind.PRESENCE, user.value());
    }

    /** Empty when {@code text} names no stream of a known kind. */
    public static Optional<StreamName> parse(String text) {
        for (Kind kind : Kind.values()) {
            if (text.startsWith(kind.prefix)) {
                String name = text.substring(kind.prefix.length());
                return Names.isValid(name) ? Optional.of(new StreamName(kind, name)) : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** The channel of a {@link Kind#CHANNEL} stream. */
    public ChannelId channel() {
        requireKind(kind == Kind.CHANNEL);
        return new ChannelId(name);
    }

    /** The user of an {@link Kind#INBOX} or {@link Kind#PRESENCE} stream. */
    public UserId user() {
        requireKind(kind != Kind.CHANNEL);
        return new UserId(name);
    }

    /** The stream as the cluster knows it. */
    public StreamId in(TenantId tenant) {
        return new StreamId(tenant.value(), toString());
    }

    /** As clients write it. */
    @Override
    public String toString() {
        return kind.prefix + name;
    }

    private void requireKind(boolean holds) {
        if (!holds) {
            throw new IllegalStateException("not what a " + kind + " stream is about");
        }
    }
}
