package io.usher.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Requests find their operation at once. Quarkus REST looks for the class with the longest path first; where that has no operation for the request
 * it makes a new map of all classes and tries the next (which took a seventh of the time of a small request).
 */
@AnalyzeClasses(packages = "io.usher", importOptions = ImportOption.DoNotIncludeTests.class)
class RoutesTest {
    @ArchTest
    static void noLongerPathOfAnotherClassStandsInTheWay(JavaClasses classes) {
        List<JavaClass> resources = classes.stream()
                .filter(type -> type.isAnnotatedWith(Path.class))
                .toList();
        assertThat(resources).isNotEmpty();

        List<String> inTheWay = resources.stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(RoutesTest::isOperation)
                .flatMap(operation -> resources.stream()
                        .filter(other -> isInTheWay(path(other), operation))
                        .map(other -> other.getSimpleName() + " (" + path(other) + ") before "
                                + operation.getOwner().getSimpleName() + "." + operation.getName()))
                .toList();

        assertThat(inTheWay).isEmpty();
    }

    private static boolean isOperation(JavaMethod method) {
        return method.getAnnotations().stream()
                .anyMatch(annotation -> annotation.getRawType().isAnnotatedWith(HttpMethod.class));
    }

    private static boolean isInTheWay(String path, JavaMethod operation) {
        String own = path(operation.getOwner());
        String whole = own + "/" + (operation.isAnnotatedWith(Path.class) ? value(operation) : "");
        return segments(path).size() > segments(own).size() && isBegin(segments(path), segments(whole));
    }

    private static boolean isBegin(List<String> path, List<String> whole) {
        return path.size() <= whole.size()
                && IntStream.range(0, path.size()).allMatch(i -> isSame(path.get(i), whole.get(i)));
    }

    private static boolean isSame(String one, String other) {
        return one.startsWith("{") || one.equals(other);
    }

    private static List<String> segments(String path) {
        return Arrays.stream(path.split("/"))
                .filter(segment -> !segment.isEmpty())
                .toList();
    }

    private static String path(JavaClass type) {
        return type.getAnnotationOfType(Path.class).value();
    }

    private static String value(JavaMethod operation) {
        return operation.getAnnotationOfType(Path.class).value();
    }
}
