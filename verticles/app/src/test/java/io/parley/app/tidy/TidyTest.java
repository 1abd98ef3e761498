package io.parley.app.tidy;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The repository stays small and tidy. Each failure lists the places and says what to do instead. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TidyTest {
    private static final List<BannedCall> BANNED = BannedCall.ALL;
    private static final String SPLIT = "split it by idea; a file has one reason to change";

    private SourceTree tree = new SourceTree(List.of());
    private AllowList allowed = new AllowList(List.of());

    @BeforeAll
    void readTheRepository() throws IOException {
        var root =
                Path.of(requireNonNull(System.getProperty("parley.root"), "run through Maven: parley.root is not set"));
        tree = SourceTree.read(root);
        allowed = new AllowList(Files.readAllLines(root.resolve("verticles/app/src/test/resources/tidy-allowed.txt")));
    }

    @Test
    void filesHaveAtMost400Lines() {
        allowed.check("file-lines", Sizes.longFiles(tree), SPLIT);
    }

    @Test
    void linesHaveAtMost120Columns() {
        allowed.check("columns", Sizes.wideLines(tree), "break the line, or give the expression a name");
    }

    @Test
    void methodsHaveAtMost60Lines() {
        allowed.check(
                "method-lines", Sizes.longMethods(tree), "keep the branches here, move straight lines into helpers");
    }

    @Test
    void methodsHaveAtMost6Parameters() {
        allowed.check("parameters", Sizes.wideMethods(tree), "give what belongs together a record");
    }

    @Test
    void noFileIsEmpty() {
        allowed.check("empty-file", Leftovers.emptyFiles(tree), "delete it");
    }

    @Test
    void everyPackageIntroducesItself() {
        allowed.check("package-info", Leftovers.unintroducedPackages(tree), "name one to three types to start at");
    }

    @Test
    void everyClassIsUsed() {
        allowed.check("unused-class", Leftovers.unnamedClasses(tree), "delete it; history keeps it");
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("BANNED")
    void nothingBannedIsCalled(BannedCall banned) {
        allowed.check(banned.rule(), banned.in(tree), banned.instead());
    }

    @Test
    void anExceptionNamesARuleThatExists() {
        var known = Stream.concat(
                Stream.of(
                        "file-lines",
                        "columns",
                        "method-lines",
                        "parameters",
                        "empty-file",
                        "package-info",
                        "unused-class"),
                BANNED.stream().map(BannedCall::rule));
        allowed.checkRules(known.toList());
    }
}
