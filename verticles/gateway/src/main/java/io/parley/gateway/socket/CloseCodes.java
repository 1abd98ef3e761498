package io.parley.gateway.socket;

import io.parley.schema.v1.ErrorCode;

/** WebSocket close codes; their ranges tell a client what to do (shared-schema/README.md, "Close codes"). */
public final class CloseCodes {
    static final int TOO_BIG = 1009;
    static final int DRAIN = 4001;
    static final int SERVER_ERROR = 4002;
    static final int IDLE = 4008;
    static final int NO_TOKEN = 4100;
    static final int TOKEN_EXPIRED = 4101;
    static final int REVOKED = 4102;
    static final int BANNED = 4201;
    static final int BAD_PROTOCOL = 4202;
    static final int REPLACED = 4203;
    static final int SLOW = 4508;
    static final int RATE = 4529;

    private CloseCodes() {}

    /** How a socket ends whose hello was refused. */
    static int ofRefusedHello(ErrorCode code) {
        return switch (code) {
            case TOKEN_MISSING, TOKEN_INVALID -> NO_TOKEN;
            case TOKEN_EXPIRED -> TOKEN_EXPIRED;
            case TOKEN_REVOKED -> REVOKED;
            case BANNED -> BANNED;
            case RATE_LIMITED, CONNECTION_LIMIT, OVERLOADED -> RATE;
            case DRAINING -> DRAIN;
            case INTERNAL, UNAVAILABLE, TIMEOUT -> SERVER_ERROR;
            default -> BAD_PROTOCOL;
        };
    }
}
