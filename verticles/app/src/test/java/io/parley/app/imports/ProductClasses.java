package io.parley.app.imports;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** The compiled classes of all modules, without tests; read once per run. */
final class ProductClasses {
    static final String ROOT = "io.parley";

    /** Modules that are a feature: they meet on the event bus, never in an import. */
    static final List<String> FEATURES =
            List.of("gateway", "fanout", "chat", "presence", "signaling", "matchmaking", "moderation");

    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(ROOT);

    private ProductClasses() {}

    /** Fails with the rule's own words; a rule about a module that does not exist yet holds. */
    static void check(ArchRule rule) {
        rule.allowEmptyShould(true).check(ALL);
    }

    static String module(String name) {
        return ROOT + "." + name + "..";
    }

    static String[] modules(List<String> names) {
        return names.stream().map(ProductClasses::module).toArray(String[]::new);
    }
}
