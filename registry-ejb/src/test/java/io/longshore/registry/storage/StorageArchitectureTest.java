package io.longshore.registry.storage;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** Which way the arrows of the storage may go. */
@AnalyzeClasses(packages = "io.longshore.registry.storage", importOptions = DoNotIncludeTests.class)
class StorageArchitectureTest {
    private static final String MODEL = "io.longshore.registry.model";
    private static final String STORAGE = "io.longshore.registry.storage";

    @ArchTest
    static final ArchRule theInterfaceNeedsOnlyThePlatformAndTheModel = classes()
            .that().resideInAPackage(STORAGE)
            .should().onlyDependOnClassesThat().resideInAnyPackage("java..", MODEL, STORAGE);

    @ArchTest
    static final ArchRule theDriversHereNeedOnlyThePlatformTheModelAndTheInterface = classes()
            .that().resideInAnyPackage(STORAGE + ".filesystem", STORAGE + ".memory")
            .should().onlyDependOnClassesThat()
            .resideInAnyPackage("java..", MODEL, STORAGE, STORAGE + ".filesystem", STORAGE + ".memory");

    @ArchTest
    static final ArchRule noDriverKnowsTheRegistry = noClasses()
            .that().resideInAPackage(STORAGE + "..")
            .should().dependOnClassesThat(inTheRegistryBut(MODEL, STORAGE));

    @ArchTest
    static final ArchRule driversDoNotDependOnEachOther =
            slices().matching(STORAGE + ".(*)..").should().notDependOnEachOther()
                    .ignoreDependency(DescribedPredicate.alwaysTrue(), resideInAPackage(STORAGE + ".object"));

    @ArchTest
    static final ArchRule whatDriversOfObjectStoresShareKnowsNoneOfThem = classes()
            .that().resideInAPackage(STORAGE + ".object..")
            .should().onlyDependOnClassesThat().resideInAnyPackage("java..", MODEL, STORAGE, STORAGE + ".object");

    private static DescribedPredicate<JavaClass> inTheRegistryBut(String model, String storage) {
        return resideInAPackage("io.longshore.registry..")
                .and(JavaClass.Predicates.resideOutsideOfPackages(model, storage + ".."));
    }
}
