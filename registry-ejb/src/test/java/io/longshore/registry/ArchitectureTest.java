package io.longshore.registry;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.longshore.registry.audit.AuditClause;
import io.longshore.registry.notification.WebhookListener;
import io.longshore.registry.storage.BlobStore;
import jakarta.persistence.Entity;
import java.sql.SQLException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which way the arrows may go. A feature that is not in the list has to be entered, with its neighbours. */
@AnalyzeClasses(packages = ArchitectureTest.ROOT, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    static final String ROOT = "io.longshore.registry";

    /** What each package may use of this project. */
    private static final Map<String, Set<String>> NEIGHBOURS = Map.ofEntries(
            Map.entry("model", Set.of()),
            Map.entry("client", Set.of("model")),
            Map.entry("permission", Set.of("model")),
            Map.entry("config", Set.of("model", "permission")),
            Map.entry("background", Set.of()),
            Map.entry("storage", Set.of("model")),
            Map.entry("database", Set.of("model", "config")),
            Map.entry("audit", Set.of("model", "database")),
            Map.entry("seal", Set.of("config")),
            Map.entry("access", Set.of("model", "permission", "config", "database", "audit", "seal")),
            Map.entry("notification", Set.of("model", "config", "database", "audit", "seal")),
            Map.entry("metrics", Set.of("notification", "mirror", "replication")),
            Map.entry("replication", Set.of(
                    "model", "client", "permission", "config", "database", "audit", "seal", "storage", "blob", "upload",
                    "manifest", "tag", "referrer", "repository")),
            Map.entry("blob", Set.of("model", "permission", "database", "storage", "audit")),
            Map.entry("upload", Set.of("model", "config", "database", "storage", "blob", "audit")),
            Map.entry("manifest", Set.of("model", "database", "audit")),
            Map.entry("tag", Set.of("model", "database", "audit")),
            Map.entry("mirror", Set.of(
                    "model", "client", "config", "database", "audit", "seal", "storage", "blob", "manifest",
                    "referrer")),
            Map.entry("referrer", Set.of("model", "database")),
            Map.entry("repository", Set.of("model", "permission", "database", "audit")));

    private static final DescribedPredicate<JavaClass> SQL = resideInAnyPackage(
                    "java.sql..", "javax.sql..", "jakarta.persistence..", "org.hibernate..", "org.postgresql..",
                    "org.flywaydb..", "com.zaxxer..")
            .and(not(type(SQLException.class)))
            .as("SQL");

    @ArchTest
    static void featuresUseTheirNeighboursOnly(JavaClasses all) {
        NEIGHBOURS.forEach((feature, neighbours) -> classes()
                .that()
                .resideInAPackage(ROOT + "." + feature + "..")
                .should()
                .onlyDependOnClassesThat(not(resideInAPackage(ROOT + ".."))
                        .or(resideInAnyPackage(Stream.concat(Stream.of(feature), neighbours.stream())
                                .map(name -> ROOT + "." + name + "..")
                                .toArray(String[]::new))))
                .check(all));
    }

    @ArchTest
    static void everyFeatureHasItsNeighboursListed(JavaClasses all) {
        Set<String> features = all.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(ROOT + "."))
                .map(name -> name.substring(ROOT.length() + 1).split("\\.")[0])
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(NEIGHBOURS).containsOnlyKeys(features);
    }

    @ArchTest
    static final ArchRule FEATURES_FORM_NO_CYCLES =
            slices().matching(ROOT + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule NOTHING_USES_THE_TOOL = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".client.tool")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + ".client.tool", "picocli..", "com.fasterxml.jackson.jr..");

    @ArchTest
    static final ArchRule DRIVERS_KNOW_NOTHING_OF_EACH_OTHER =
            slices().matching(ROOT + ".storage.(*)..").should().notDependOnEachOther()
                    .ignoreDependency(alwaysTrue(), resideInAPackage(ROOT + ".storage.object"));

    @ArchTest
    static final ArchRule DRIVERS_ARE_NAMED_NOWHERE_BUT_WHERE_THEY_ARE_CHOSEN = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".storage..")
            .and()
            .doNotBelongToAnyOf(Wiring.class)
            .should()
            .dependOnClassesThat(resideInAPackage(ROOT + ".storage.*.."));

    @ArchTest
    static final ArchRule STORES_ARE_DRIVERS = classes()
            .that()
            .implement(BlobStore.class)
            .should()
            .resideInAPackage(ROOT + ".storage.*..");

    @ArchTest
    static final ArchRule SQL_LIES_IN_TABLES = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".database..")
            .and()
            .haveSimpleNameNotEndingWith("Table")
            .and()
            .doNotBelongToAnyOf(AuditClause.class)
            .and()
            .areNotAnnotatedWith(Entity.class)
            .should()
            .dependOnClassesThat(SQL);

    @ArchTest
    static final ArchRule TABLES_AND_ENTITIES_BELONG_TO_THEIR_FEATURE = classes()
            .that()
            .haveSimpleNameEndingWith("Table")
            .or()
            .areAnnotatedWith(Entity.class)
            .should()
            .bePackagePrivate();

    @ArchTest
    static final ArchRule HTTP_STOPS_BEFORE_THIS_MODULE = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.ws.rs..", "jakarta.servlet..", "org.glassfish.jersey..");

    @ArchTest
    static final ArchRule THE_HTTP_CLIENT_IS_KNOWN_WHERE_WEBHOOKS_ARE_SENT = noClasses()
            .that()
            .resideOutsideOfPackage(ROOT + ".notification.http")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.apache.hc..");

    @ArchTest
    static final ArchRule THE_CONTAINER_IS_KNOWN_WHERE_PARTS_ARE_PUT_TOGETHER = noClasses()
            .that()
            .doNotBelongToAnyOf(Wiring.class, AccessWiring.class, AccountWiring.class, TokenWiring.class,
                    WebhookWiring.class, MirrorWiring.class, ReplicationWiring.class, MetricsWiring.class,
                    WebhookListener.class)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.enterprise..", "jakarta.inject..");

    @ArchTest
    static final ArchRule NOTHING_IS_NAMED_AFTER_NOTHING = noClasses()
            .should()
            .haveNameMatching("(?i).*[.$](util|utils|common|helper|helpers|manager|impl|dto|base)([.$].*)?")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Dto");

    @ArchTest
    static final ArchRule LOGGING_IS_THE_PLATFORMS = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.util.logging..", "org.slf4j..", "org.jboss.logging..");
}
