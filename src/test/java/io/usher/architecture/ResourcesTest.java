package io.usher.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAnnotation;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.NonBlocking;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.usher.web.QueryParameters;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.persistence.Entity;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import java.util.List;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Resources speak HTTP and nothing else, and say who may call them. */
@AnalyzeClasses(packages = "io.usher", importOptions = ImportOption.DoNotIncludeTests.class)
class ResourcesTest {
    private static final DescribedPredicate<JavaMethod> OPERATION =
            DescribedPredicate.describe("an operation", method -> method.getAnnotations().stream()
                    .anyMatch(a -> a.getRawType().isAnnotatedWith(HttpMethod.class)));

    private static final List<Class<?>> ACCESS = List.of(RolesAllowed.class, Authenticated.class, PermitAll.class);

    @ArchTest
    static final ArchRule resourcesAreNamedSo = classes()
            .that()
            .areAnnotatedWith(Path.class)
            .should()
            .haveSimpleNameEndingWith("Resource")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule operationsArePublic = methods()
            .that(OPERATION)
            .should()
            .bePublic()
            .because("the framework passes over the others, and they answer 404")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule resourcesEndWhatTheyBegan = classes()
            .that()
            .areAnnotatedWith(Path.class)
            .should(beAnnotatedWithCancellableFalse())
            .because("a client that goes away would else tear a session out of its transaction");

    @ArchTest
    static final ArchRule queriesAreReadWhole = classes()
            .that(DescribedPredicate.describe("have query parameters", type -> type.getFields().stream()
                    .anyMatch(field -> field.isAnnotatedWith(QueryParam.class))))
            .should()
            .beAssignableTo(QueryParameters.class)
            .because("what does not read its query as a whole leaves out what it does not know in silence");

    @ArchTest
    static final ArchRule operationsTakeNoQueryParameterAlone = methods()
            .that(OPERATION)
            .should(ArchCondition.from(DescribedPredicate.describe(
                    "have no @QueryParam", (JavaMethod method) -> method.getParameters().stream()
                            .noneMatch(parameter -> parameter.isAnnotatedWith(QueryParam.class)))))
            .because("StrictRequests refuses it");

    @ArchTest
    static final ArchRule operationsSayWhoMayCallThem =
            methods().that(OPERATION).should(sayWhoMayCallThem()).allowEmptyShould(true);

    @ArchTest
    static final ArchRule operationsDoNotBlock = methods()
            .that(OPERATION)
            .and()
            .areNotAnnotatedWith(NonBlocking.class)
            .should()
            .haveRawReturnType(DescribedPredicate.describe(
                    "Uni or Multi", type -> type.isEquivalentTo(Uni.class) || type.isEquivalentTo(Multi.class)))
            .because("what returns a value runs on a worker thread, unless it is @NonBlocking")
            .allowEmptyShould(true);

    @ArchTest
    static final ArchRule resourcesReachDataThroughServices = noClasses()
            .that()
            .areAnnotatedWith(Path.class)
            .should()
            .dependOnClassesThat(DescribedPredicate.describe("data access", ResourcesTest::isDataAccess))
            .allowEmptyShould(true);

    private static ArchCondition<JavaClass> beAnnotatedWithCancellableFalse() {
        return new ArchCondition<>("have @Cancellable(false)") {
            @Override
            public void check(JavaClass type, ConditionEvents events) {
                boolean ends = type.tryGetAnnotationOfType(Cancellable.class)
                        .map(annotation -> !annotation.value())
                        .orElse(false);
                if (!ends) {
                    events.add(SimpleConditionEvent.violated(type, type.getName() + " lacks @Cancellable(false)"));
                }
            }
        };
    }

    private static boolean isDataAccess(JavaClass type) {
        return type.getSimpleName().endsWith("Repository")
                || type.isAnnotatedWith(Entity.class)
                || type.getName().startsWith("org.hibernate.")
                || type.getName().startsWith("io.vertx.mutiny.sqlclient.")
                || type.getName().startsWith("io.quarkus.redis.")
                || type.getName().startsWith("io.quarkus.hibernate.");
    }

    private static ArchCondition<JavaMethod> sayWhoMayCallThem() {
        return new ArchCondition<>("have @RolesAllowed, @Authenticated or @PermitAll, or their class") {
            @Override
            public void check(JavaMethod method, ConditionEvents events) {
                boolean said =
                        says(method.getAnnotations()) || says(method.getOwner().getAnnotations());
                if (!said) {
                    events.add(SimpleConditionEvent.violated(
                            method, method.getFullName() + " does not say who may call it"));
                }
            }
        };
    }

    private static boolean says(java.util.Set<? extends JavaAnnotation<?>> annotations) {
        return annotations.stream()
                .anyMatch(a -> ACCESS.stream().anyMatch(one -> a.getRawType().isEquivalentTo(one)));
    }
}
