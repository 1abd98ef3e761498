package io.parley.app.tidy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The hand-written text files of the repository; build output, dependencies and generated files are left out. */
record SourceTree(List<SourceFile> files) {
    private static final Set<String> SKIPPED_FOLDERS =
            Set.of(".git", ".parley", "target", "node_modules", "dist", "data", "playwright-report", "test-results");
    private static final Set<String> TEXT = Set.of(
            "java", "go", "ts", "tsx", "js", "mjs", "css", "html", "sql", "lua", "proto", "json", "yaml", "yml", "md",
            "sh", "xml", "txt");

    static SourceTree read(Path root) {
        var files = new ArrayList<SourceFile>();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                    boolean skipped = SKIPPED_FOLDERS.contains(String.valueOf(folder.getFileName()));
                    return skipped ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                    if (TEXT.contains(suffix(file))) {
                        var path = root.relativize(file).toString().replace('\\', '/');
                        files.add(new SourceFile(path, Files.readAllLines(file, StandardCharsets.UTF_8)));
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return new SourceTree(files.stream().filter(file -> !file.isGenerated()).toList());
    }

    List<SourceFile> withSuffix(String... suffixes) {
        return files.stream().filter(file -> file.hasSuffix(suffixes)).toList();
    }

    private static String suffix(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
