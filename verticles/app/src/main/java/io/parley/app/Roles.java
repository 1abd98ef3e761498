package io.parley.app;

import io.parley.chat.ChatRole;
import io.parley.control.ControlRole;
import io.parley.fanout.FanoutRole;
import io.parley.gateway.GatewayRole;
import io.parley.kernel.node.Role;
import io.parley.presence.PresenceRole;
import io.parley.signaling.SignalingRole;
import java.util.List;

/** All roles, in the order of starting: who serves before who lets people in. */
final class Roles {
    private Roles() {}

    static List<Role> all(GatewayRole gateway) {
        var control = new ControlRole();
        return List.of(
                new FanoutRole(),
                new ChatRole(),
                new PresenceRole(),
                new SignalingRole(),
                control,
                new MediaRole(control),
                gateway);
    }
}
