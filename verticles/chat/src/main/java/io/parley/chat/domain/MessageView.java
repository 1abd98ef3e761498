package io.parley.chat.domain;

import java.util.List;
import java.util.Optional;

/** A message with what hangs on it, as one user sees it. */
public record MessageView(
        Message message,
        Optional<Profile> author,
        Optional<Quoted> quoted,
        ThreadView thread,
        List<ReactionTally> reactions,
        boolean pinned) {
    /** The quoted message as it is now. */
    public record Quoted(String authorId, String text, boolean deleted) {}

    /** One kind of reaction: how many, and whether the viewer is among them. */
    public record ReactionTally(String kind, int count, boolean own) {}

    public MessageView {
        reactions = List.copyOf(reactions);
    }
}
