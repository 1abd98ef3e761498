package io.parley.app.tidy;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A piece of text that no source may hold, where it is banned, and what to write instead. */
record BannedCall(String rule, Pattern text, Predicate<SourceFile> where, String instead) {
    static final List<BannedCall> ALL = List.of(
            new BannedCall(
                    "java-sleep",
                    Pattern.compile("\\bThread\\.sleep\\(|\\bTimeUnit\\.\\w+\\.sleep\\("),
                    SourceFile::isJava,
                    "advance the virtual clock, or await the event itself (Awaitility, a Future, a latch)"),
            new BannedCall(
                    "go-sleep",
                    Pattern.compile("\\btime\\.Sleep\\("),
                    file -> file.hasSuffix(".go"),
                    "wait on a channel, a context or the injected clock"),
            new BannedCall(
                    "print",
                    Pattern.compile("\\bSystem\\.(out|err)\\.print|\\.printStackTrace\\("),
                    file -> file.isJava()
                            && !file.isTest()
                            && !file.path().startsWith("verticles/app/")
                            && !file.hasSuffix("/node/Main.java"),
                    "log through SLF4J; only main classes talk to the terminal"),
            new BannedCall(
                    "disabled-test",
                    Pattern.compile("^\\s*@Disabled\\b|\\b(it|test|describe)\\.(skip|only)\\(|\\bt\\.Skip\\("),
                    SourceFile::isCode,
                    "repair the test or delete it"),
            new BannedCall(
                    "todo",
                    Pattern.compile("\\b(TO[D]O|FIX[M]E|XX[X])\\b(?!\\(#\\d+\\))"),
                    SourceFile::isCode,
                    "do it, or add the number of an issue: TO" + "DO(#123)"),
            new BannedCall(
                    "null-away-off",
                    Pattern.compile("@SuppressWarnings\\(\"Null[A]way|@Null[U]nmarked"),
                    SourceFile::isJava,
                    "say @Nullable and handle it"));

    List<Finding> in(SourceTree tree) {
        return tree.files().stream().filter(where).flatMap(this::in).toList();
    }

    private Stream<Finding> in(SourceFile file) {
        return IntStream.range(0, file.lines().size())
                .filter(index -> text.matcher(file.lines().get(index)).find())
                .mapToObj(index -> new Finding(
                        rule,
                        file.path(),
                        "line " + (index + 1) + ": " + file.lines().get(index).strip()));
    }
}
