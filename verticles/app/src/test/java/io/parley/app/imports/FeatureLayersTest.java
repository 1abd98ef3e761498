package io.parley.app.imports;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.parley.app.imports.ProductClasses.FEATURES;
import static io.parley.app.imports.ProductClasses.ROOT;
import static io.parley.app.imports.ProductClasses.check;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The arrows inside one feature: verticle and wiring at the root, below it api and store, below them domain. */
final class FeatureLayersTest {
    private static final String[] NETWORK_AND_STORES = {
        "io.vertx.sqlclient..",
        "io.vertx.pgclient..",
        "io.vertx.redis..",
        "io.vertx.ext.web..",
        "com.hazelcast..",
        "io.netty..",
        "java.sql.."
    };

    static Stream<String> features() {
        return FEATURES.stream().map(feature -> ROOT + "." + feature);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("features")
    void domainStoreAndApiNeverImportTheRootOfTheirFeature(String feature) {
        check(noClasses()
                .that()
                .resideInAnyPackage(feature + ".domain..", feature + ".store..", feature + ".api..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(feature)
                .because("arrows never turn back: the verticle calls its parts; hand a part an interface of its own"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("features")
    void aStoreKnowsItsDomainAndItsClientsOnly(String feature) {
        check(noClasses()
                .that()
                .resideInAPackage(feature + ".store..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(feature + ".api..", "io.vertx.ext.web..", "com.hazelcast..", "io.netty..")
                .because("a store speaks domain types and SQL or Redis; translate the contract in the api package"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("features")
    void theApiOnlyTranslates(String feature) {
        check(noClasses()
                .that()
                .resideInAPackage(feature + ".api..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(feature + ".store..")
                .orShould()
                .dependOnClassesThat()
                .resideInAnyPackage(NETWORK_AND_STORES)
                .because("the api package maps contract types to domain types and back;"
                        + " let the verticle read the store and pass the result"));
    }
}
