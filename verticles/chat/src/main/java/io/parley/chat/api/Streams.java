package io.parley.chat.api;

import io.parley.chat.domain.ChannelKey;
import io.parley.chat.domain.UserKey;
import io.parley.schema.bus.v1.Publication;
import io.parley.schema.bus.v1.StreamKey;
import io.parley.schema.v1.Push;

/** Names of streams, and events with their place in one. */
public final class Streams {
    public static final String CHANNEL = "ch:";
    public static final String INBOX = "me:";

    private Streams() {}

    public static String of(ChannelKey channel) {
        return CHANNEL + channel.id();
    }

    public static String of(UserKey user) {
        return INBOX + user.id();
    }

    /** The event at its place in a channel's log. */
    public static Push at(ChannelKey channel, String epoch, long offset, long atMillis, Push.Builder event) {
        return event.setStream(of(channel))
                .setEpoch(epoch)
                .setOffset(offset)
                .setAt(Wire.time(atMillis))
                .build();
    }

    /** The event at its place in a user's inbox. */
    public static Push at(UserKey user, String epoch, long offset, long atMillis, Push.Builder event) {
        return event.setStream(of(user))
                .setEpoch(epoch)
                .setOffset(offset)
                .setAt(Wire.time(atMillis))
                .build();
    }

    public static Publication publication(String tenant, Push push) {
        return Publication.newBuilder()
                .setKey(StreamKey.newBuilder().setTenant(tenant).setStream(push.getStream()))
                .setPush(push)
                .build();
    }

    /** Told once, never stored: whoever misses it misses it. */
    public static Publication ephemeral(ChannelKey channel, long atMillis, Push.Builder event) {
        return publication(
                channel.tenant(),
                event.setStream(of(channel)).setAt(Wire.time(atMillis)).build());
    }

    /** Told once, never stored: whoever misses it misses it. */
    public static Publication ephemeral(UserKey user, long atMillis, Push.Builder event) {
        return publication(
                user.tenant(),
                event.setStream(of(user)).setAt(Wire.time(atMillis)).build());
    }
}
