package io.parley.app.tidy;

import java.util.List;

/** One text file of the repository: its path from the root, with slashes, and its lines. */
record SourceFile(String path, List<String> lines) {
    SourceFile {
        lines = List.copyOf(lines);
    }

    boolean hasSuffix(String... suffixes) {
        return List.of(suffixes).stream().anyMatch(path::endsWith);
    }

    boolean isJava() {
        return hasSuffix(".java");
    }

    boolean isCode() {
        return hasSuffix(".java", ".go", ".ts", ".tsx", ".js", ".mjs", ".sql", ".lua", ".sh", ".css");
    }

    boolean isTest() {
        return path.contains("/src/test/")
                || path.startsWith("shared-schema/testkit/")
                || hasSuffix("_test.go", ".test.ts", ".test.tsx", ".spec.ts");
    }

    boolean isBlank() {
        return lines.stream().allMatch(String::isBlank);
    }

    /** Generated files say so near the top, in the words that the tools of all three languages agree on. */
    boolean isGenerated() {
        return lines.stream().limit(10).anyMatch(line -> line.contains("@generated") || line.contains("DO NOT EDIT"));
    }

    String fileName() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    String folder() {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }
}
