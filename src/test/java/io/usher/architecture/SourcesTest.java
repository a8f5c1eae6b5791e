package io.usher.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What no byte code rule sees: the length of files, and secrets that a log line would print with the record that carries them. */
class SourcesTest {
    private static final int MOST_LINES = 300;
    private static final String SECRET = "(?i)(.*password|.*token|.*secret|.*passwordHash)";
    private static final String VALUE = "do-not-print-me";

    @Test
    void noFileIsTooLongToKeepInTheHead() throws IOException {
        List<String> tooLong = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).toList()) {
                long lines = Files.readAllLines(file).size();
                if (lines > MOST_LINES) {
                    tooLong.add(file + " has " + lines + " lines");
                }
            }
        }
        assertThat(tooLong)
                .as("files of more than %d lines: split them by use case", MOST_LINES)
                .isEmpty();
    }

    @TestFactory
    Stream<DynamicTest> recordsDoNotPrintTheirSecrets() {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("io.usher").stream()
                        .filter(type -> type.isRecord() && hasSecret(type.reflect()))
                        .map(type -> DynamicTest.dynamicTest(type.getName(), () -> printsNoSecret(type)));
    }

    private static void printsNoSecret(JavaClass type) throws ReflectiveOperationException {
        assertThat(sample(type.reflect()).toString())
                .as("toString of %s: override it, for it carries a secret", type.getSimpleName())
                .doesNotContain(VALUE);
    }

    private static Object sample(Class<?> record) throws ReflectiveOperationException {
        RecordComponent[] components = record.getRecordComponents();
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        Constructor<?> constructor = record.getDeclaredConstructor(types);
        constructor.setAccessible(true);
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = isSecret(components[i]) ? VALUE : value(types[i]);
        }
        return constructor.newInstance(values);
    }

    private static boolean hasSecret(Class<?> record) {
        return Arrays.stream(record.getRecordComponents()).anyMatch(SourcesTest::isSecret);
    }

    private static boolean isSecret(RecordComponent component) {
        return component.getType() == String.class && component.getName().matches(SECRET);
    }

    private static @Nullable Object value(Class<?> type) throws ReflectiveOperationException {
        if (type.isPrimitive()) {
            return Array.get(Array.newInstance(type, 1), 0);
        }
        if (type.isRecord()) {
            return sample(type);
        }
        return type == Set.class ? Set.of() : type == List.class ? List.of() : null;
    }
}
