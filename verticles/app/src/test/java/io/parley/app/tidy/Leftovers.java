package io.parley.app.tidy;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Files that nobody needs: empty ones, packages without an introduction, classes that nothing names. */
final class Leftovers {
    private static final Pattern WORD = Pattern.compile("\\w+");

    private Leftovers() {}

    static List<Finding> emptyFiles(SourceTree tree) {
        return tree.files().stream()
                .filter(SourceFile::isBlank)
                .map(file -> new Finding("empty-file", file.path(), "is empty"))
                .toList();
    }

    /** Every package of the product is null-marked; one with more than three files also names where to start. */
    static List<Finding> unintroducedPackages(SourceTree tree) {
        Map<String, List<SourceFile>> packages = tree.withSuffix(".java").stream()
                .filter(file -> file.path().contains("/src/main/java/"))
                .collect(Collectors.groupingBy(SourceFile::folder));
        return packages.entrySet().stream()
                .filter(entry -> !isIntroduced(entry.getValue()))
                .map(entry -> new Finding(
                        "package-info", entry.getKey(), "lacks a package-info.java with @NullMarked and \"Start at\""))
                .toList();
    }

    private static boolean isIntroduced(List<SourceFile> files) {
        return files.stream()
                .filter(file -> file.fileName().equals("package-info.java"))
                .map(file -> String.join("\n", file.lines()))
                .anyMatch(text -> text.contains("@NullMarked") && (files.size() <= 4 || text.contains("Start at")));
    }

    /** Classes of the product that no other file names: dead, unless something outside Java starts them by name. */
    static List<Finding> unnamedClasses(SourceTree tree) {
        Map<String, Set<String>> filesNaming = filesNamingEachWord(tree);
        return tree.withSuffix(".java").stream()
                .filter(file -> file.path().contains("/src/main/java/"))
                .flatMap(file -> JavaShape.of(file).types().stream()
                        .filter(type -> filesNaming.getOrDefault(type, Set.of()).stream()
                                .allMatch(file.path()::equals))
                        .map(type -> new Finding("unused-class", file.path(), type + " is named nowhere else")))
                .toList();
    }

    private static Map<String, Set<String>> filesNamingEachWord(SourceTree tree) {
        var found = new HashMap<String, Set<String>>();
        for (var file : tree.withSuffix(".java", ".xml", ".sh")) {
            if (file.fileName().equals("package-info.java")) {
                continue; // an introduction names a class without using it
            }
            for (var line : file.lines()) {
                WORD.matcher(line)
                        .results()
                        .forEach(word -> found.computeIfAbsent(word.group(), _ -> new HashSet<>())
                                .add(file.path()));
            }
        }
        return found;
    }
}
