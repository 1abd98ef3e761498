package io.parley.gateway.rest;

import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;
import java.util.List;

/** Request headers without nulls. */
final class Headers {
    private Headers() {}

    /** Empty when the header is absent. */
    static String of(HttpServerRequest request, String name) {
        String value = request.getHeader(name);
        return value == null ? "" : value;
    }

    /** The parts of a value between separators, without the blanks around them. */
    static List<String> parts(String value, String separator) {
        return Arrays.stream(value.split(separator, -1)).map(String::strip).toList();
    }
}
