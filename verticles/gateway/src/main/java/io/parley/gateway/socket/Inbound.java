package io.parley.gateway.socket;

import io.parley.gateway.contract.Violations;
import io.parley.schema.v1.Cmd;
import io.parley.schema.v1.Ctl;
import io.parley.schema.v1.ErrorCode;

/** One frame as it came from a client. */
sealed interface Inbound {
    /** A command whose values have the right types; {@code violations} holds what of it has not. */
    record Command(Cmd cmd, Violations violations) implements Inbound {}

    record Control(Ctl ctl) implements Inbound {}

    /** Only this frame is refused; {@code id} is its command's, 0 when it has none. */
    record Refused(int id, ErrorCode code) implements Inbound {}

    /** The peer does not speak the protocol: nothing behind this can be trusted. */
    record Broken(ErrorCode code, String detail) implements Inbound {}
}
