package io.parley.app.imports;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.parley.app.imports.ProductClasses.FEATURES;
import static io.parley.app.imports.ProductClasses.check;
import static io.parley.app.imports.ProductClasses.module;
import static io.parley.app.imports.ProductClasses.modules;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows between modules: app, then features, then kernel, then shared-schema; never back, never across. */
final class ModuleImportsTest {
    static Stream<String> features() {
        return FEATURES.stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("features")
    void aFeatureNeverImportsAnotherFeature(String feature) {
        var others = FEATURES.stream().filter(other -> !other.equals(feature)).toList();
        check(noClasses()
                .that()
                .resideInAPackage(module(feature))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(modules(others))
                .because("features meet on the event bus: ask through a Request or Notice of io.parley.kernel.contract,"
                        + " and move what both need into the kernel or shared-schema"));
    }

    @Test
    void nothingImportsTheApp() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(module("app"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(module("app"))
                .because("app wires the others; take what you need through your constructor and let app pass it"));
    }

    @Test
    void theKernelKnowsNoFeature() {
        check(noClasses()
                .that()
                .resideInAPackage(module("kernel"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(modules(FEATURES))
                .because("the kernel has no product behaviour: declare an interface, implement it in the feature"));
    }

    @Test
    void theSchemaImportsNothingOfParleyAndNoFramework() {
        check(noClasses()
                .that()
                .resideInAPackage(module("schema"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(concat(
                        modules(FEATURES),
                        module("kernel"),
                        module("app"),
                        module("testkit"),
                        "io.vertx..",
                        "io.netty..",
                        "java.sql.."))
                .because("every process shares shared-schema: keep it to values on the JDK and protobuf;"
                        + " what needs Vert.x belongs in io.parley.kernel"));
    }

    @Test
    void theTestkitKnowsNeitherKernelNorFeatures() {
        check(noClasses()
                .that()
                .resideInAPackage(module("testkit"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(concat(modules(FEATURES), module("kernel"), module("app")))
                .because(
                        "all modules test with the testkit, the kernel too; put a helper for one module in its tests"));
    }

    @Test
    void theProductNeverUsesTheTestkit() {
        check(noClasses()
                .that()
                .resideOutsideOfPackage(module("testkit"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(module("testkit"), "org.junit..", "org.awaitility..")
                .because("the testkit is for tests; the product's own parts live in io.parley.kernel"));
    }

    @Test
    void onlyTheAppStartsEmbeddedServers() {
        check(noClasses()
                .that()
                .resideOutsideOfPackages(module("app"), module("testkit"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("io.zonky..", "redis.embedded..")
                .because("a module is given its pool and its Redis client and never knows who started the server"));
    }

    @Test
    void theMediaWireFormatsStandOnTheJdkAlone() {
        check(classes()
                .that()
                .resideInAPackage("io.parley.media.rtp..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java.lang..",
                        "java.util..",
                        "java.nio",
                        "java.security..",
                        "javax.crypto..",
                        "org.jspecify..",
                        "io.parley.media.rtp..")
                .because("wire formats are pure and shared by all that touches packets: sockets, time and threads"
                        + " belong in media-plane/transport, decisions in media-plane/sfu"));
    }

    @Test
    void theMediaTransportKnowsNeitherRoomsNorTheControlSide() {
        check(classes()
                .that()
                .resideInAPackage("io.parley.media.transport..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "javax.crypto..",
                        "javax.security..",
                        "org.jspecify..",
                        "org.slf4j..",
                        "org.bouncycastle..",
                        "io.parley.schema..",
                        "io.parley.media.rtp..",
                        "io.parley.media.transport..")
                .because("transport moves packets of peers: who may see them is decided in media-plane/sfu,"
                        + " and who may join in the control plane"));
    }

    @Test
    void theMediaNodeKnowsNoVerticleAndNoStore() {
        check(noClasses()
                .that()
                .resideInAnyPackage("io.parley.media.sfu..", "io.parley.media.node..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(concat(
                        modules(FEATURES),
                        module("kernel"),
                        module("app"),
                        "io.vertx..",
                        "io.netty..",
                        "com.hazelcast..",
                        "java.sql.."))
                .because("a media node scales and fails on its own: it speaks gRPC to the control plane and nothing"
                        + " else; what both need is in shared-schema"));
    }

    private static String[] concat(String[] first, String... more) {
        return Stream.concat(Stream.of(first), List.of(more).stream()).toArray(String[]::new);
    }
}
