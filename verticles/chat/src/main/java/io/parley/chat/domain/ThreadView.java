package io.parley.chat.domain;

import java.util.ArrayList;
import java.util.List;

/** A thread as seen from its parent. */
public record ThreadView(int replyCount, long lastReplyAtMillis, List<String> participants) {
    public static final ThreadView NONE = new ThreadView(0, 0, List.of());
    public static final int PARTICIPANTS_MAX = 5;

    public ThreadView {
        participants = List.copyOf(participants);
    }

    /** Newest author first, each once. */
    public ThreadView withReply(String author, long atMillis) {
        List<String> newest = new ArrayList<>(PARTICIPANTS_MAX);
        newest.add(author);
        participants.stream()
                .filter(other -> !other.equals(author))
                .limit(PARTICIPANTS_MAX - 1L)
                .forEach(newest::add);
        return new ThreadView(replyCount + 1, atMillis, newest);
    }
}
