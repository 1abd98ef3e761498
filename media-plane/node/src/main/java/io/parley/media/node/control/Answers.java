package io.parley.media.node.control;

import io.parley.schema.control.v1.CommandResult;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The answers of one stream by command, so that a repeated command is not done twice. One owner. */
final class Answers {
    private final Map<Long, CommandResult> given = new LinkedHashMap<>();
    private final Set<Long> underWay = new HashSet<>();
    private long forgotten;

    /** Whether the command is to be done: it is new. */
    boolean begin(long id) {
        return id > forgotten && !given.containsKey(id) && underWay.add(id);
    }

    /** The answer that a repeated command gets now; empty while it is still being done. */
    Optional<CommandResult> repeated(long id) {
        if (id <= forgotten) {
            return Optional.of(CommandResult.newBuilder()
                    .setId(id)
                    .setRefusal(CommandResult.Refusal.FAILED)
                    .setDetail("the command is older than what this node remembers")
                    .build());
        }
        return Optional.ofNullable(given.get(id));
    }

    void give(CommandResult result) {
        underWay.remove(result.getId());
        given.put(result.getId(), result);
        if (given.size() > Limits.ANSWERS_KEPT) {
            var oldest = given.keySet().iterator();
            forgotten = Math.max(forgotten, oldest.next());
            oldest.remove();
        }
    }

    int underWay() {
        return underWay.size();
    }
}
