package io.parley.app.tidy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A rule that cannot fail protects nothing: each is shown a file that breaks it, right beyond its limit. */
final class RulesBiteTest {
    private static final String MAIN = "m/src/main/java/p/";

    @Test
    void aFileOf401LinesIsTooLong() {
        assertEquals(
                0, Sizes.longFiles(tree("a.go", Collections.nCopies(400, "x"))).size());
        assertEquals(
                1, Sizes.longFiles(tree("a.go", Collections.nCopies(401, "x"))).size());
    }

    @Test
    void aLineOf121ColumnsIsTooWide_andATabCountsAsFour() {
        assertEquals(0, Sizes.wideLines(tree("a.ts", List.of("x".repeat(120)))).size());
        assertEquals(1, Sizes.wideLines(tree("a.ts", List.of("x".repeat(121)))).size());
        assertEquals(
                1,
                Sizes.wideLines(tree("a.go", List.of("\t" + "x".repeat(117)))).size());
    }

    @Test
    void aMethodOf61LinesIsTooLong() {
        assertEquals(0, Sizes.longMethods(tree("A.java", method(60))).size());
        assertEquals(
                "A.java#m",
                Sizes.longMethods(tree("A.java", method(61))).getFirst().place());
    }

    @Test
    void sevenParametersAreTooMany_butARecordMayHaveThem() {
        var seven = "int a, int b, int c, int d, int e, int f, int g";
        assertEquals(
                1,
                Sizes.wideMethods(tree("A.java", List.of("class A { void m(" + seven + ") {} }")))
                        .size());
        assertEquals(
                0,
                Sizes.wideMethods(tree("A.java", List.of("record A(" + seven + ") { A { m(); } }")))
                        .size());
    }

    @Test
    void aClassThatNothingNamesIsUnused() {
        var dead = new SourceFile(MAIN + "Dead.java", List.of("package p; class Dead { Dead() {} }"));
        var user = new SourceFile(MAIN + "Main.java", List.of("package p; class Main { Used used; }"));
        var used = new SourceFile(MAIN + "Used.java", List.of("package p; class Used { Main main; }"));
        var found = Leftovers.unnamedClasses(new SourceTree(List.of(dead, user, used)));
        assertEquals(
                List.of(MAIN + "Dead.java"), found.stream().map(Finding::place).toList());
    }

    @Test
    void aPackageWithoutIntroductionIsFound() {
        assertEquals(
                1,
                Leftovers.unintroducedPackages(tree(MAIN + "A.java", List.of("class A {}")))
                        .size());
    }

    @Test
    void bannedTextIsFoundInItsLanguage() {
        var text =
                List.of("Thread" + ".sleep(5);", "time" + ".Sleep(5)", "// TO" + "DO later", "// TO" + "DO(#12) later");
        assertEquals(List.of("java-sleep", "todo"), rulesBrokenBy("A.java", text));
        assertEquals(List.of("go-sleep", "todo"), rulesBrokenBy("a.go", text));
    }

    @Test
    void anExceptionNeedsAReason_excusesItsPlaceOnly_andMustBeNeeded() {
        assertThrows(IllegalArgumentException.class, () -> new AllowList(List.of("columns a.go")));
        var allowed = new AllowList(List.of("columns a.go a table that reads better wide"));
        allowed.check("columns", List.of(new Finding("columns", "a.go", "wide")), "");
        assertThrows(
                AssertionError.class,
                () -> allowed.check("columns", List.of(new Finding("columns", "b.go", "wide")), ""));
        var unused = assertThrows(AssertionError.class, () -> allowed.check("columns", List.of(), ""));
        assertTrue(String.valueOf(unused.getMessage()).contains("delete"));
    }

    private static List<String> rulesBrokenBy(String path, List<String> lines) {
        return BannedCall.ALL.stream()
                .flatMap(banned -> banned.in(tree(path, lines)).stream())
                .map(Finding::rule)
                .toList();
    }

    private static List<String> method(int lines) {
        return Stream.of(
                        List.of("class A {", "void m() {"), Collections.nCopies(lines - 2, "int x;"), List.of("}", "}"))
                .flatMap(List::stream)
                .toList();
    }

    private static SourceTree tree(String path, List<String> lines) {
        return new SourceTree(List.of(new SourceFile(path, lines)));
    }
}
