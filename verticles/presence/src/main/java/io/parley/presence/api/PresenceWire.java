package io.parley.presence.api;

import com.google.protobuf.Timestamp;
import com.google.protobuf.util.Timestamps;
import io.parley.kernel.bus.Refusal;
import io.parley.presence.domain.Activity;
import io.parley.presence.domain.Visibility;
import io.parley.presence.domain.Wish;
import io.parley.schema.bus.v1.Publication;
import io.parley.schema.bus.v1.StreamKey;
import io.parley.schema.v1.Presence;
import io.parley.schema.v1.PresenceChanged;
import io.parley.schema.v1.Push;
import io.parley.schema.v1.SetPresence;

/** Between the contract's presence and our own. */
public final class PresenceWire {
    private PresenceWire() {}

    public static Presence presence(String userId, Visibility visible) {
        Presence.Builder presence = Presence.newBuilder()
                .setUserId(userId)
                .setState(state(visible.shown()))
                .setStatus(visible.status());
        if (visible.statusUntilMillis() > 0) {
            presence.setStatusUntil(Timestamps.fromMillis(visible.statusUntilMillis()));
        }
        if (visible.lastSeenMillis() > 0) {
            presence.setLastSeen(Timestamps.fromMillis(visible.lastSeenMillis()));
        }
        return presence.build();
    }

    /** An ephemeral event on the user's "pres:" stream, as others see it. */
    public static Publication publication(String tenant, String userId, Visibility visible, long nowWallMillis) {
        String stream = "pres:" + userId;
        return Publication.newBuilder()
                .setKey(StreamKey.newBuilder().setTenant(tenant).setStream(stream))
                .setPush(Push.newBuilder()
                        .setStream(stream)
                        .setAt(Timestamps.fromMillis(nowWallMillis))
                        .setPresenceChanged(PresenceChanged.newBuilder().addPresences(presence(userId, visible))))
                .build();
    }

    /** What a command asks for, on top of the present wish. Absent fields stay as they are. */
    public static Wish wish(SetPresence command, Wish present, long nowWallMillis) {
        Activity state = command.hasState() ? wanted(command.getState()) : present.state();
        if (!command.hasStatus()) {
            return new Wish(state, present.status(), present.statusUntilMillis());
        }
        return new Wish(state, command.getStatus(), until(command, nowWallMillis));
    }

    private static long until(SetPresence command, long nowWallMillis) {
        if (!command.hasStatusUntil()) {
            return 0;
        }
        Timestamp until = command.getStatusUntil();
        if (!Timestamps.isValid(until) || Timestamps.toMillis(until) <= nowWallMillis) {
            throw Refusal.violation("statusUntil", "min", "a time in the future");
        }
        return Timestamps.toMillis(until);
    }

    private static Activity wanted(Presence.State state) {
        return switch (state) {
            case ONLINE -> Activity.ONLINE;
            case AWAY -> Activity.AWAY;
            case INVISIBLE -> Activity.INVISIBLE;
            case OFFLINE, UNRECOGNIZED ->
                throw Refusal.violation("state", "choice", "ONLINE, AWAY or INVISIBLE; to be offline, disconnect");
        };
    }

    /** A device's wish in a lease: what it does not say is "online". */
    public static Activity ofLease(Presence.State wanted) {
        return switch (wanted) {
            case AWAY -> Activity.AWAY;
            case INVISIBLE -> Activity.INVISIBLE;
            case OFFLINE, ONLINE, UNRECOGNIZED -> Activity.ONLINE;
        };
    }

    private static Presence.State state(Activity shown) {
        return switch (shown) {
            case NONE -> Presence.State.OFFLINE;
            case INVISIBLE -> Presence.State.INVISIBLE;
            case AWAY -> Presence.State.AWAY;
            case ONLINE -> Presence.State.ONLINE;
        };
    }
}
