package io.parley.gateway.openapi;

import com.google.protobuf.Descriptors.GenericDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Comments of the contract by full name of what they describe; generated code does not carry them, so the files are
 * read.
 */
final class Comments {
    private static final List<String> FILES =
            List.of("api", "session", "chat", "presence", "room", "model", "events", "errors");
    private static final Pattern BLOCK = Pattern.compile("(message|enum|service|oneof) (\\w+) \\{.*");
    private static final Pattern MEMBER = Pattern.compile(
            "(?:rpc (\\w+)\\(.*|(?:optional |repeated )?(?:map<.*>|[\\w.]+) (\\w+) = \\d+.*|([A-Z_]+) = \\d+.*)");

    private final Map<String, String> byName = new HashMap<>();

    Comments() {
        FILES.forEach(this::read);
    }

    /** Empty when there is none. */
    String of(GenericDescriptor described) {
        return byName.getOrDefault(described.getFullName(), "");
    }

    private void read(String file) {
        String path = "/contracts/parley/v1/" + file + ".proto";
        try (InputStream in = Comments.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("the class path lacks " + path);
            }
            parse(new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList());
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private void parse(List<String> lines) {
        Deque<String> scope = new ArrayDeque<>();
        StringBuilder comment = new StringBuilder();
        for (String raw : lines) {
            String line = raw.strip();
            Matcher block = BLOCK.matcher(line);
            Matcher member = MEMBER.matcher(line);
            if (line.startsWith("//")) {
                comment.append(comment.isEmpty() ? "" : " ")
                        .append(line.substring(2).strip());
                continue;
            } else if (block.matches()) {
                keep(scope, block.group(2), comment);
                if (!line.endsWith("}")) {
                    scope.addLast(block.group(1).equals("oneof") ? "" : block.group(2));
                }
            } else if (member.matches()) {
                String name = member.group(1) != null ? member.group(1) : member.group(2);
                keep(scope, name != null ? name : member.group(3), comment);
                if (member.group(1) != null && line.endsWith("{")) {
                    scope.addLast("");
                }
            } else if (line.endsWith("{")) {
                scope.addLast("");
            } else if (line.startsWith("}") && !scope.isEmpty()) {
                scope.removeLast();
            }
            comment.setLength(0);
        }
    }

    private void keep(Deque<String> scope, String name, StringBuilder comment) {
        if (!comment.isEmpty()) {
            String parents = scope.stream().filter(part -> !part.isEmpty()).collect(Collectors.joining("."));
            byName.put("parley.v1." + (parents.isEmpty() ? "" : parents + ".") + name, comment.toString());
        }
    }
}
