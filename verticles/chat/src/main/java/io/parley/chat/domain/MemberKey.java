package io.parley.chat.domain;

/** A user's place in a channel. */
public record MemberKey(ChannelKey channel, String userId) {
    public UserKey user() {
        return channel.user(userId);
    }
}
