package io.longshore.registry.config;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.longshore.registry.model.Descriptor;
import io.longshore.registry.permission.Action;

@AnalyzeClasses(packagesOf = ConfigLoader.class, importOptions = DoNotIncludeTests.class)
class ConfigArchitectureTest {

    /** The start script reads the configuration too, with no more than this on its class path. */
    @ArchTest
    static final ArchRule NEEDS_NO_CONTAINER = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.net.ssl..",
                    "org.snakeyaml.engine..",
                    "com.google.re2j..",
                    Descriptor.class.getPackageName(),
                    Action.class.getPackageName(),
                    ConfigLoader.class.getPackageName());
}
