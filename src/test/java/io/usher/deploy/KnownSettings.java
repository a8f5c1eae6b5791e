package io.usher.deploy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.ConfigMappings;
import io.smallrye.config.ConfigMappings.ConfigClass;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The environment variables that mean something to the program: every property of every config mapping, Usher's and Quarkus's. */
final class KnownSettings {
    private static final List<Pattern> VARIABLES =
            Stream.concat(ushers(), quarkus()).flatMap(KnownSettings::variables).toList();

    private KnownSettings() {}

    static boolean contains(String variable) {
        return VARIABLES.stream().anyMatch(known -> known.matcher(variable).matches());
    }

    private static Stream<Class<?>> ushers() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages("io.usher").stream()
                        .filter(type -> type.isAnnotatedWith(ConfigMapping.class))
                        .map(JavaClass::reflect);
    }

    /** Every extension lists its own in its runtime jar. */
    private static Stream<Class<?>> quarkus() {
        List<Class<?>> mappings = new ArrayList<>();
        try {
            ClassLoader loader = KnownSettings.class.getClassLoader();
            for (URL list : Collections.list(loader.getResources("META-INF/quarkus-config-roots.list"))) {
                for (String name : lines(list)) {
                    Class<?> type = Class.forName(name, false, loader);
                    if (type.isAnnotationPresent(ConfigMapping.class)) {
                        mappings.add(type);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
        return mappings.stream();
    }

    private static List<String> lines(URL list) throws IOException {
        try (InputStream content = list.openStream()) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
        }
    }

    private static Stream<Pattern> variables(Class<?> mapping) {
        return ConfigMappings.getProperties(ConfigClass.configClass(mapping)).keySet().stream()
                .map(KnownSettings::variable);
    }

    /** A star stands for the key of a map. */
    private static Pattern variable(String property) {
        String name = property.replaceAll("[^A-Za-z0-9*]", "_").toUpperCase(Locale.ROOT);
        return Pattern.compile(name.replace("*", "[A-Z0-9_]+"));
    }
}
