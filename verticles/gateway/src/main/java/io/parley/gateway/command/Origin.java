package io.parley.gateway.command;

/**
 * Where a command came from.
 *
 * @param requestId names it in answers and logs
 * @param sessionId of the socket; empty for REST
 * @param deviceId as the client said in hello; empty for REST
 */
public record Origin(String requestId, String sessionId, String deviceId) {
    public static Origin rest(String requestId) {
        return new Origin(requestId, "", "");
    }
}
