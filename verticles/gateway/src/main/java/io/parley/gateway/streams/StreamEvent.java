package io.parley.gateway.streams;

import io.parley.gateway.socket.SharedFrame;
import io.parley.schema.v1.Push;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One event on its way to local subscribers, with the one frame they share. Immutable, but for the frame's encodings.
 *
 * @param publishedWallMillis 0 when it was read from a log, where its age says nothing about delivery
 */
record StreamEvent(Push push, SharedFrame frame, long publishedWallMillis) {
    /** Names of events as filters use them: the JSON names of the members of the oneof. */
    private static final Map<String, Push.EventCase> CASES = Arrays.stream(Push.EventCase.values())
            .filter(event -> event != Push.EventCase.EVENT_NOT_SET)
            .collect(Collectors.toUnmodifiableMap(
                    event -> Push.getDescriptor()
                            .findFieldByNumber(event.getNumber())
                            .getJsonName(),
                    event -> event));

    static StreamEvent of(Push push, long publishedWallMillis) {
        return new StreamEvent(push, SharedFrame.of(push), publishedWallMillis);
    }

    static Map<String, Push.EventCase> cases() {
        return CASES;
    }

    long offset() {
        return push.getOffset();
    }

    boolean ephemeral() {
        return push.getOffset() == 0;
    }

    /** True when {@code userId} sees nothing of the stream after this event. */
    boolean endsFor(String userId) {
        return switch (push.getEventCase()) {
            case MEMBER_LEFT -> push.getMemberLeft().getUserId().equals(userId);
            case CHANNEL_DELETED -> true;
            default -> false;
        };
    }
}
