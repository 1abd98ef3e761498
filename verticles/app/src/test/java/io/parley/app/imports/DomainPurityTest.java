package io.parley.app.imports;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.parley.app.imports.ProductClasses.check;
import static io.parley.app.imports.ProductClasses.module;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Decisions are pure: the domain sees neither I/O nor time nor chance, and the rest is given its clock. */
final class DomainPurityTest {
    private static final String[] DOMAINS = {"io.parley..domain..", "io.parley.control.core.."};

    /** Calls that read the clock of the machine or throw its dice. */
    private static final Set<String> TIME_AND_CHANCE = Set.of(
            "java.lang.System.currentTimeMillis",
            "java.lang.System.nanoTime",
            "java.lang.Math.random",
            "java.time.Instant.now",
            "java.time.LocalDate.now",
            "java.time.LocalDateTime.now",
            "java.time.OffsetDateTime.now",
            "java.time.ZonedDateTime.now",
            "java.util.UUID.randomUUID",
            "java.util.concurrent.ThreadLocalRandom.current");

    @Test
    void theDomainKnowsTheJdkAndSharedValueTypesOnly() {
        check(classes()
                .that()
                .resideInAnyPackage(DOMAINS)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java.lang..",
                        "java.util..",
                        "java.time..",
                        "java.math..",
                        "java.text..",
                        "java.nio.charset..",
                        "java.security..",
                        "org.jspecify..",
                        "io.parley.schema..",
                        "io.parley..domain..",
                        "io.parley.control.core..")
                .because("a decision is plain Java, tested in virtual time: no Vert.x, Netty, SQL or files;"
                        + " do the I/O in the verticle or the store"));
    }

    @Test
    void theDomainNeverSeesGeneratedTypes() {
        check(noClasses()
                .that()
                .resideInAnyPackage(DOMAINS)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.parley.schema..v1..")
                .because("the contract may change shape without changing a decision: use a record of the domain or a"
                        + " value type of io.parley.schema, and translate in the api package"));
    }

    @Test
    void theDomainHasNoThreadsAndNoDice() {
        check(noClasses()
                .that()
                .resideInAnyPackage(DOMAINS)
                .should()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.Thread")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.util.Random.class)
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(java.util.concurrent.Executor.class)
                .because("one owner calls the domain: take a Randomness through the constructor, and leave threads"
                        + " and timers to the verticle"));
    }

    @Test
    void timeAndChanceAreReadInOnePlace() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(module("testkit"))
                .and()
                .doNotHaveFullyQualifiedName("io.parley.schema.SystemClock")
                .should()
                .accessTargetWhere(readsTimeOrChance())
                .because("a test must be able to set the clock and the dice: take Clock and Randomness through the"
                        + " constructor (SystemClock and SecureRandomness read the machine's),"
                        + " or nowMillis and nowNanos as an argument"));
    }

    private static DescribedPredicate<JavaAccess<?>> readsTimeOrChance() {
        return DescribedPredicate.describe("reads the machine's clock or dice", access -> {
            var target = access.getTarget();
            String owner = target.getOwner().getFullName();
            return TIME_AND_CHANCE.contains(owner + "." + target.getName())
                    || (owner.equals("java.util.Random") && target.getName().equals("<init>"));
        });
    }
}
