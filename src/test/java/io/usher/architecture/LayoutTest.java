package io.usher.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;

/** Packages by feature, that use each other in one direction. */
@AnalyzeClasses(packages = "io.usher", importOptions = ImportOption.DoNotIncludeTests.class)
class LayoutTest {
    @ArchTest
    static final ArchRule everyPackageHasItsPlace = noClasses()
            .that(Layers.UNKNOWN)
            .should()
            .resideInAPackage("io.usher..")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule packagesHaveNoCycles =
            slices().matching("io.usher.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingUsesTheProgram = noClasses()
            .that()
            .resideOutsideOfPackage("io.usher")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.usher");

    @ArchTest
    static final ArchRule foundationsNeverUseFeatures =
            noClasses().that(Layers.IN_A_FOUNDATION).should().dependOnClassesThat(Layers.IN_A_FEATURE);

    @ArchTest
    static final ArchRule foundationsUseEachOtherInOneDirection =
            classes().that(Layers.IN_A_FOUNDATION).should(useOnlyTheFoundationsBelow());

    @ArchTest
    static final ArchRule featuresUseEachOtherThroughServices =
            classes().that(Layers.IN_A_FEATURE).should(useOtherFeaturesThroughServices());

    @ArchTest
    static final ArchRule noPackageIsADrawer = noClasses()
            .should()
            .resideInAnyPackage(
                    "..util..",
                    "..utils..",
                    "..common..",
                    "..impl..",
                    "..helper..",
                    "..helpers..",
                    "..misc..",
                    "..dto..");

    @ArchTest
    static final ArchRule noClassIsNamedForNothing = noClasses()
            .should()
            .haveSimpleNameEndingWith("Manager")
            .orShould()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Dto");

    private static ArchCondition<JavaClass> useOnlyTheFoundationsBelow() {
        return new ArchCondition<>("use only the foundations below them") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                String own = Layers.packageOf(type);
                Set<String> below = Layers.FOUNDATIONS.get(own);
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    String other = Layers.packageOf(target);
                    if (Layers.isFoundation(target) && !other.equals(own) && !below.contains(other)) {
                        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static ArchCondition<JavaClass> useOtherFeaturesThroughServices() {
        return new ArchCondition<>(
                "use other features only through services, and the records, enums and interfaces that these speak in") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                for (Dependency dependency : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = dependency.getTargetClass().getBaseComponentType();
                    boolean elsewhere = Layers.isFeature(target)
                            && !Layers.packageOf(target).equals(Layers.packageOf(type));
                    if (elsewhere && !isServiceOrItsLanguage(target)) {
                        events.add(SimpleConditionEvent.violated(dependency, dependency.getDescription()));
                    }
                }
            }
        };
    }

    private static boolean isServiceOrItsLanguage(JavaClass type) {
        boolean service = type.getSimpleName().endsWith("Service");
        boolean language = type.isRecord() || type.isEnum() || type.isInterface();
        return type.getModifiers().contains(JavaModifier.PUBLIC) && (service || language);
    }
}
