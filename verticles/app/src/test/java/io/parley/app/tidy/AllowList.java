package io.parley.app.tidy;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The exceptions, one per line: {@code rule place reason}. It only shrinks: a line that excuses nothing any more fails
 * the test of its rule.
 */
final class AllowList {
    private final Map<String, String> reasons = new HashMap<>();

    AllowList(List<String> lines) {
        for (var line : lines) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            var words = List.of(line.strip().split("\\s+", 3));
            if (words.size() < 3) {
                throw new IllegalArgumentException("an exception needs a rule, a place and a reason: " + line);
            }
            reasons.put(key(words.get(0), words.get(1)), words.get(2));
        }
    }

    /** Fails with every finding of {@code rule} that no line excuses, and with every line that excuses nothing. */
    void check(String rule, List<Finding> findings, String instead) {
        var unexcused = findings.stream()
                .filter(finding -> !reasons.containsKey(key(rule, finding.place())))
                .map(Finding::toString)
                .toList();
        assertTrue(
                unexcused.isEmpty(),
                () -> rule + ": " + unexcused.size() + " found. Instead: " + instead + "\n  "
                        + String.join("\n  ", unexcused));
        var found = findings.stream().map(finding -> key(rule, finding.place())).toList();
        var unused = reasons.keySet().stream()
                .filter(key -> key.startsWith(rule + " ") && !found.contains(key))
                .toList();
        assertTrue(unused.isEmpty(), () -> "tidy-allowed.txt excuses what is tidy now; delete: " + unused);
    }

    /** Fails when a line names a rule that is none of {@code known}. */
    void checkRules(List<String> known) {
        var unknown = reasons.keySet().stream()
                .filter(key -> !known.contains(key.substring(0, key.indexOf(' '))))
                .toList();
        assertTrue(unknown.isEmpty(), () -> "tidy-allowed.txt names unknown rules: " + unknown);
    }

    private static String key(String rule, String place) {
        return rule + " " + place;
    }
}
