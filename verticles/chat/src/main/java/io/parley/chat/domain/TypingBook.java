package io.parley.chat.domain;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Who is typing where. Repeats are dropped for a while, and whoever falls silent stops by themselves. One book per
 * process; who announced last, here or on another node, is the one that tells the end. Not thread-safe.
 */
public final class TypingBook {
    public static final Duration DEBOUNCE = Duration.ofSeconds(2);
    public static final Duration SILENCE = Duration.ofSeconds(6);

    /** Somebody typing in a channel, or in a thread of it ({@code parentId} empty = the timeline). */
    public record Typist(MemberKey member, String parentId) {}

    /** What to tell. */
    public enum Word {
        /** Nothing: it was told a moment ago, or there is nothing to end. */
        NOTHING,
        STARTED,
        STOPPED
    }

    private record Line(long toldAtNanos, long seenAtNanos, boolean ours) {}

    private final int typistsMax;
    private final Map<Typist, Line> lines = new LinkedHashMap<>();

    public TypingBook(int typistsMax) {
        this.typistsMax = typistsMax;
    }

    /** Somebody says that they type, or stopped. */
    public Word hear(Typist typist, boolean typing, long nowNanos) {
        Line line = lines.get(typist);
        if (!typing) {
            return lines.remove(typist) == null ? Word.NOTHING : Word.STOPPED;
        }
        if (line == null && lines.size() >= typistsMax) {
            return Word.NOTHING;
        }
        if (line != null && nowNanos - line.toldAtNanos() < DEBOUNCE.toNanos()) {
            lines.put(typist, new Line(line.toldAtNanos(), nowNanos, line.ours()));
            return Word.NOTHING;
        }
        lines.put(typist, new Line(nowNanos, nowNanos, true));
        return Word.STARTED;
    }

    /** Another node told about this typist, and tells their end too. */
    public void cede(Typist typist, boolean typing, long nowNanos) {
        if (!typing) {
            lines.remove(typist);
        } else if (lines.containsKey(typist) || lines.size() < typistsMax) {
            lines.put(typist, new Line(nowNanos, nowNanos, false));
        }
    }

    /** Ends those that fell silent; gives the ones that this node has to tell about. */
    public List<Typist> expire(long nowNanos) {
        List<Typist> ended = new ArrayList<>();
        lines.entrySet().removeIf(entry -> {
            Line line = entry.getValue();
            boolean silent = nowNanos - line.seenAtNanos() >= SILENCE.toNanos();
            if (silent && line.ours()) {
                ended.add(entry.getKey());
            }
            return silent;
        });
        return ended;
    }

    /** How many are typing, here or as told by other nodes. */
    public int size() {
        return lines.size();
    }
}
