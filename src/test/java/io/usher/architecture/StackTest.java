package io.usher.architecture;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noMethods;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.GeneralCodingRules;
import jakarta.persistence.Entity;
import java.time.Clock;

/** What this stack punishes at run time, refused at build time: blocking, subscribing, two transaction mechanisms, the machine's clock. */
@AnalyzeClasses(packages = "io.usher", importOptions = ImportOption.DoNotIncludeTests.class)
class StackTest {
    private static final String UNI = "io.smallrye.mutiny.Uni";
    private static final String MULTI = "io.smallrye.mutiny.Multi";

    @ArchTest
    static final ArchRule nothingWaits = noClasses()
            .that()
            .resideOutsideOfPackage("io.usher.local..")
            .should()
            .callMethodWhere(calls(UNI, "await").or(calls("java.lang.Thread", "sleep")))
            .because("an event loop that waits serves nobody");

    @ArchTest
    static final ArchRule nothingSubscribes = noClasses()
            .should()
            .callMethodWhere(
                    calls(UNI, "subscribe").or(calls(MULTI, "subscribe")).or(calls(UNI, "subscribeAsCompletionStage")))
            .because("the framework subscribes; who subscribes alone loses errors, the context and back-pressure");

    @ArchTest
    static final ArchRule timesComeFromTheClock = noClasses()
            .that()
            .resideOutsideOfPackages("io.usher.config..", "io.usher.local..")
            .should()
            .callMethodWhere(readsTheMachinesClock())
            .because("tests move the injected java.time.Clock");

    @ArchTest
    static final ArchRule noBlockingTransactions = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("jakarta.transaction.Transactional")
            .because("@WithTransaction of Hibernate Reactive is the one mechanism");

    @ArchTest
    static final ArchRule noBlockingPersistence = noClasses()
            .that()
            .resideOutsideOfPackages("io.usher.local..", "io.usher.config..", "io.usher.persistence..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.sql..", "javax.sql..", "org.hibernate.orm..");

    @ArchTest
    static final ArchRule logsGoThroughTheLogger = GeneralCodingRules.NO_CLASSES_SHOULD_USE_JAVA_UTIL_LOGGING;

    @ArchTest
    static final ArchRule nothingIsPrinted = noClasses()
            .that()
            .resideOutsideOfPackage("io.usher.local..")
            .and()
            .resideOutsideOfPackage("io.usher")
            .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
            .because("only who starts the program, and is told why it did not start, reads its streams");

    @ArchTest
    static final ArchRule entitiesStayInTheirFeature = classes()
            .that()
            .areAnnotatedWith(Entity.class)
            .should()
            .bePackagePrivate()
            .because("an entity that leaves its service is an API by accident");

    @ArchTest
    static final ArchRule repositoriesStayInTheirFeature = classes()
            .that()
            .haveSimpleNameEndingWith("Repository")
            .should()
            .bePackagePrivate()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule loggersAreConstants = fields().that()
            .haveRawType("org.jboss.logging.Logger")
            .should()
            .beStatic()
            .andShould()
            .beFinal()
            .andShould()
            .bePrivate()
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule nothingIsFinalized = noMethods().should().haveName("finalize");

    private static DescribedPredicate<JavaCall<?>> calls(String type, String method) {
        return target(owner(DescribedPredicate.describe(
                        "is " + type, (JavaClass c) -> c.getName().equals(type))))
                .and(target(name(method)))
                .forSubtype();
    }

    private static DescribedPredicate<JavaCall<?>> readsTheMachinesClock() {
        return DescribedPredicate.describe("reads the machine's clock", call -> {
            String type = call.getTargetOwner().getName();
            boolean now = type.startsWith("java.time.")
                    && call.getName().equals("now")
                    && call.getTarget().getRawParameterTypes().stream().noneMatch(p -> p.isEquivalentTo(Clock.class));
            boolean clock = type.equals("java.time.Clock") && call.getName().startsWith("system");
            boolean millis = type.equals("java.lang.System") && call.getName().equals("currentTimeMillis");
            return now || clock || millis;
        });
    }
}
