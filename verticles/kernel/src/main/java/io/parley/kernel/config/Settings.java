package io.parley.kernel.config;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Values by dotted key from a file, the environment and flags; the later wins. Modules ask once, at start, and keep
 * records. A wrong value fails with {@link SettingException}; a key nobody asked for is reported by {@link #unknown()}.
 */
public final class Settings {
    private static final String ENVIRONMENT_PREFIX = "PARLEY_";

    private record Given(String value, String origin) {}

    private final Map<String, Given> given = new TreeMap<>();
    private final Map<String, String> environment = new TreeMap<>();
    private final Map<String, Setting> asked = new LinkedHashMap<>();

    /** No values given: everything is at its default. */
    public static Settings defaults() {
        return new Settings();
    }

    /** For tests and tools: these values, as if given by flags. */
    public static Settings of(Map<String, String> values) {
        return new Settings().flags(values);
    }

    public Settings file(Map<String, String> values, String path) {
        values.forEach((key, value) -> given.put(key, new Given(value, "file " + path)));
        return this;
    }

    /** Variables that begin with {@code PARLEY_}: {@code PARLEY_HTTP_PORT} is {@code http.port}. */
    public Settings environment(Map<String, String> variables) {
        variables.forEach((name, value) -> {
            if (name.startsWith(ENVIRONMENT_PREFIX)) {
                environment.put(name, value);
            }
        });
        return this;
    }

    public Settings flags(Map<String, String> values) {
        values.forEach((key, value) -> given.put(key, new Given(value, "flag --" + key)));
        return this;
    }

    /** A default that only the program knows, such as a path in the data folder; anything given by a person wins. */
    public synchronized Settings preset(String key, String value) {
        if (find(key).isEmpty()) {
            given.put(key, new Given(value, "default"));
        }
        return this;
    }

    public synchronized long integer(String key, long byDefault, long min, long max, String doc) {
        String allowed = "a whole number from " + min + " to " + max;
        return read(key, Long.toString(byDefault), allowed, doc, text -> {
            long number = Long.parseLong(text);
            return number >= min && number <= max ? Optional.of(number) : Optional.empty();
        });
    }

    public int small(String key, int byDefault, int min, int max, String doc) {
        return Math.toIntExact(integer(key, byDefault, min, max, doc));
    }

    public synchronized boolean bool(String key, boolean byDefault, String doc) {
        return read(key, Boolean.toString(byDefault), "true or false", doc, text -> switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    /** Written as {@code 250ms}, {@code 5s}, {@code 10m}, {@code 24h}, {@code 30d} or ISO-8601. */
    public synchronized Duration duration(String key, Duration byDefault, Duration min, Duration max, String doc) {
        String allowed = "a duration from " + Durations.text(min) + " to " + Durations.text(max);
        return read(key, Durations.text(byDefault), allowed, doc, text -> {
            Duration value = Durations.parse(text);
            return value.compareTo(min) >= 0 && value.compareTo(max) <= 0 ? Optional.of(value) : Optional.empty();
        });
    }

    public synchronized String text(String key, String byDefault, String doc) {
        return read(key, byDefault, "text", doc, Optional::of);
    }

    public synchronized String choice(String key, String byDefault, Set<String> choices, String doc) {
        String allowed = "one of " + String.join(", ", new TreeSet<>(choices));
        return read(
                key, byDefault, allowed, doc, text -> choices.contains(text) ? Optional.of(text) : Optional.empty());
    }

    /** Separated by commas; empty parts are left out. */
    public synchronized List<String> list(String key, List<String> byDefault, String doc) {
        return read(
                key,
                String.join(",", byDefault),
                "a list separated by commas",
                doc,
                text -> Optional.of(Arrays.stream(text.split(","))
                        .map(String::strip)
                        .filter(part -> !part.isEmpty())
                        .toList()));
    }

    /** A form of the module's own; {@code parse} gives nothing, or an IllegalArgumentException, for what is none. */
    public synchronized <T> T parsed(
            String key, String byDefault, String allowed, String doc, Function<String, Optional<T>> parse) {
        return read(key, byDefault, allowed, doc, parse);
    }

    /** Empty when not given. Its value never appears in {@link #reference()} or an error. */
    public synchronized Optional<String> secret(String key, String doc) {
        Optional<Given> found = find(key);
        asked.put(key, new Setting(key, "text", found.isPresent() ? "***" : "", originOf(found), doc));
        return found.map(Given::value);
    }

    /** Every setting asked for until now, in the order of asking. */
    public synchronized List<Setting> reference() {
        return List.copyOf(asked.values());
    }

    /** Keys that were given but that nothing asked for: most likely misspelt. Ask after all modules have started. */
    public synchronized Collection<String> unknown() {
        List<String> unknown = new ArrayList<>();
        given.forEach((key, value) -> {
            if (!asked.containsKey(key)) {
                unknown.add(key + " (" + value.origin() + ")");
            }
        });
        return unknown;
    }

    /** The environment variable that sets a key. */
    public static String variable(String key) {
        return ENVIRONMENT_PREFIX
                + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private <T> T read(String key, String byDefault, String allowed, String doc, Function<String, Optional<T>> parse) {
        Optional<Given> found = find(key);
        String text = found.map(Given::value).orElse(byDefault);
        asked.put(key, new Setting(key, allowed, text, originOf(found), doc));
        return attempt(text, parse)
                .orElseThrow(() -> new SettingException(
                        "%s is \"%s\" (%s), but must be %s".formatted(key, text, originOf(found), allowed)));
    }

    private static <T> Optional<T> attempt(String text, Function<String, Optional<T>> parse) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException | DateTimeParseException | ArithmeticException notOne) {
            return Optional.empty();
        }
    }

    /** Flags before the environment before the file. */
    private Optional<Given> find(String key) {
        Given value = given.get(key);
        String variable = variable(key);
        if ((value == null || value.origin().startsWith("file")) && environment.containsKey(variable)) {
            return Optional.of(new Given(environment.get(variable), "environment " + variable));
        }
        return Optional.ofNullable(value);
    }

    private static String originOf(Optional<Given> found) {
        return found.map(Given::origin).orElse("default");
    }
}
