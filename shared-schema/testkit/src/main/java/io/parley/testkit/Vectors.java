package io.parley.testkit;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/**
 * The golden vectors of {@code shared-schema/vectors}: input and expected output that the tests of all three languages
 * read. A file is one object; its lists hold cases, each with a {@code name} that tells what it shows.
 */
public final class Vectors {
    private Vectors() {}

    /** What a case does with its object. */
    @FunctionalInterface
    public interface Case {
        void check(JsonObject vector);
    }

    /** A whole file; {@code name} is without the ending. */
    public static JsonObject file(String name) {
        String path = "/vectors/" + name + ".json";
        try (InputStream in = Vectors.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalArgumentException("no golden vectors " + path + " on the class path");
            }
            return new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** One test per case of a list, for a {@code @TestFactory}; an empty list is an error, for it shows nothing. */
    public static Stream<DynamicTest> each(String file, String list, Case check) {
        JsonArray cases = file(file).getJsonArray(list, new JsonArray());
        if (cases.isEmpty()) {
            throw new IllegalArgumentException("no cases \"" + list + "\" in the vectors " + file);
        }
        return cases.stream()
                .map(JsonObject.class::cast)
                .map(vector -> DynamicTest.dynamicTest(vector.getString("name"), () -> check.check(vector)));
    }
}
