package io.parley.gateway.contract;

import io.parley.kernel.bus.Refusal;
import io.parley.schema.v1.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What is wrong with one request: the first {@link #MAX} breaches, each with its JSON path. */
public final class Violations {
    /** Enough to repair a form; a hostile request gets no longer an answer than this. */
    static final int MAX = 20;

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,128}");

    private final List<Violation> found = new ArrayList<>(0);

    void add(String field, String rule, String allowed) {
        if (found.size() < MAX) {
            found.add(Violation.newBuilder()
                    .setField(field)
                    .setRule(rule)
                    .setAllowed(allowed)
                    .build());
        }
    }

    public boolean isEmpty() {
        return found.isEmpty();
    }

    public Refusal refusal() {
        return Refusal.violations(found);
    }

    /** The same without a prefix of their paths: {@code cmd.sendMessage.text} is {@code text} below its command. */
    public Violations below(String prefix) {
        Violations shortened = new Violations();
        for (Violation violation : found) {
            String field = violation.getField();
            boolean below = field.startsWith(prefix + ".");
            shortened.add(
                    below ? field.substring(prefix.length() + 1) : field, violation.getRule(), violation.getAllowed());
        }
        return shortened;
    }

    /** Idempotency keys travel outside the inputs, so no field's rules bound them. */
    public void checkKey(String key) {
        if (!key.isEmpty() && !KEY.matcher(key).matches()) {
            add("key", "pattern", KEY.pattern());
        }
    }

    /** The same thing was said twice, differently. */
    public void conflict(String field, String allowed) {
        add(field, "conflict", allowed);
    }

    static String path(String parent, String field) {
        return parent.isEmpty() ? field : parent + "." + field;
    }

    static String item(String list, int index) {
        return list + "[" + index + "]";
    }
}
