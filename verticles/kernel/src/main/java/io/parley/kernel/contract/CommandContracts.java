package io.parley.kernel.contract;

import io.parley.kernel.bus.Request;
import io.parley.schema.bus.v1.Command;
import io.parley.schema.bus.v1.Outcome;

/** Validated client commands on their way from a gateway to their domain. Serve them with {@link CommandServer}. */
public final class CommandContracts {
    /** The roles whose nodes serve them, each at its own address. */
    public static final String CHAT_ROLE = "chat";

    public static final String PRESENCE_ROLE = "presence";
    public static final String SIGNALING_ROLE = "signaling";

    public static final Request<Command, Outcome> CHAT = to("chat");
    public static final Request<Command, Outcome> PRESENCE = to("presence");
    public static final Request<Command, Outcome> SIGNALING = to("signaling");

    private CommandContracts() {}

    private static Request<Command, Outcome> to(String domain) {
        return new Request<>(domain + ".command.execute", Command.getDefaultInstance(), Outcome.getDefaultInstance());
    }
}
