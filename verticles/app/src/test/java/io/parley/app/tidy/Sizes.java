package io.parley.app.tidy;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The caps on size. Markdown, JSON and contracts are read differently and have none. */
final class Sizes {
    static final int FILE_LINES = 400;
    static final int METHOD_LINES = 60;
    static final int PARAMETERS = 6;
    static final int COLUMNS = 120;

    private Sizes() {}

    static List<Finding> longFiles(SourceTree tree) {
        return tree.files().stream()
                .filter(SourceFile::isCode)
                .filter(file -> file.lines().size() > FILE_LINES)
                .map(file -> new Finding("file-lines", file.path(), file.lines().size() + " lines"))
                .toList();
    }

    /** Not of TypeScript: prettier breaks what can be broken there, and class names and paths of icons cannot. */
    static List<Finding> wideLines(SourceTree tree) {
        return tree.files().stream()
                .filter(SourceFile::isCode)
                .filter(file -> !file.path().startsWith("sdk-js/"))
                .flatMap(Sizes::wideLines)
                .toList();
    }

    private static Stream<Finding> wideLines(SourceFile file) {
        return IntStream.range(0, file.lines().size())
                .filter(index -> columns(file.lines().get(index)) > COLUMNS)
                .mapToObj(index -> new Finding(
                        "columns",
                        file.path(),
                        "line " + (index + 1) + " has " + columns(file.lines().get(index)) + " columns"));
    }

    /** A tab counts as four columns, as in the Go linter's settings. */
    private static int columns(String line) {
        return line.replace("\t", "    ").length();
    }

    static List<Finding> longMethods(SourceTree tree) {
        return methods(tree, "method-lines", method -> method.lines() > METHOD_LINES);
    }

    static List<Finding> wideMethods(SourceTree tree) {
        return methods(tree, "parameters", method -> method.parameters() > PARAMETERS);
    }

    private static List<Finding> methods(SourceTree tree, String rule, Predicate<JavaShape.Method> tooBig) {
        return tree.withSuffix(".java").stream()
                .flatMap(file -> JavaShape.of(file).methods().stream()
                        .filter(tooBig)
                        .map(method -> new Finding(
                                rule,
                                file.path() + "#" + method.name(),
                                method.lines() + " lines, " + method.parameters() + " parameters")))
                .toList();
    }
}
