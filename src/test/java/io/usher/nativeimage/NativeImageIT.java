package io.usher.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * What the native compiler is told, as {@code ./mvnw package -Dnative -Dquarkus.native.sources-only=true} writes it without that compiler:
 * every type that goes through Jackson or is bound by reflection, and every file that is read from the class path.
 */
@EnabledIfSystemProperty(named = "usher.native.sources", matches = ".+")
class NativeImageIT {
    private static final String CONFIGURATION = "META-INF/native-image/";
    private static final Path CLASSES = Path.of("target/classes");

    private static Set<String> registered;
    private static List<Pattern> resources;
    private static Set<String> entries;
    private static JavaClasses ours;

    @BeforeAll
    static void read() throws IOException {
        ours = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPath(CLASSES);
        try (ZipFile jar = new ZipFile(jar().toFile())) {
            registered = new HashSet<>(json(jar, "reflect-config.json").findValuesAsText("name"));
            resources = json(jar, "resource-config.json").at("/resources/includes").findValuesAsText("pattern").stream()
                    .map(Pattern::compile)
                    .toList();
            entries = jar.stream().map(entry -> entry.getName()).collect(Collectors.toSet());
        }
    }

    @Test
    void everyTypeThatWentThroughJacksonInATestIsKnown() throws IOException {
        Set<String> main = ours.stream().map(JavaClass::getName).collect(Collectors.toSet());
        List<String> noted = Files.readAllLines(JacksonTypes.NOTES).stream()
                .filter(main::contains)
                .toList();

        assertThat(noted).contains("io.usher.problem.Problem", "io.usher.user.UserView");
        assertThat(registered).containsAll(noted);
    }

    /** Whether a test sends it or not: what resources take and answer, and all that is within it. */
    @Test
    void everyRecordThatResourcesTakeOrAnswerIsKnown() {
        Set<String> needed = new TreeSet<>();
        ours.stream()
                .filter(type -> type.isAnnotatedWith("jakarta.ws.rs.Path"))
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> !method.getModifiers().contains(JavaModifier.PRIVATE))
                .flatMap(method -> Stream.concat(
                        method.getReturnType().getAllInvolvedRawTypes().stream(),
                        method.getParameters().stream()
                                .flatMap(parameter -> parameter.getType().getAllInvolvedRawTypes().stream())))
                .forEach(type -> addRecords(type, needed));

        assertThat(needed)
                .contains("io.usher.auth.LoginRequest", "io.usher.auth.MeView")
                .hasSizeGreaterThan(80);
        assertThat(registered).containsAll(needed);
    }

    /** {@code X.class} of a record is there to make one of it, by reflection; within the record itself it stands for files beside it. */
    @Test
    void everyRecordThatIsMadeByItsClassIsKnown() {
        Set<String> needed = new TreeSet<>();
        ours.stream()
                .flatMap(type -> type.getReferencedClassObjects().stream()
                        .map(reference -> reference.getRawType())
                        .filter(made -> !made.equals(type)))
                .forEach(type -> addRecords(type, needed));

        assertThat(needed)
                .contains("io.usher.migration.V1User", "io.usher.user.FileUser", "io.usher.transfer.ImportReport");
        assertThat(registered).containsAll(needed);
    }

    @Test
    void everyFileOfTheClassPathIsInTheImage() throws IOException {
        Set<String> files = new TreeSet<>();
        for (String folder : List.of("db", "lua", "security", "templates")) {
            try (Stream<Path> found = Files.walk(CLASSES.resolve(folder))) {
                found.filter(Files::isRegularFile)
                        .forEach(file -> files.add(CLASSES.relativize(file).toString()));
            }
        }
        files.add("META-INF/quarkus-generated-openapi-doc.JSON");

        assertThat(files).hasSizeGreaterThan(20);
        assertThat(files)
                .filteredOn(file ->
                        resources.stream().noneMatch(one -> one.matcher(file).matches()))
                .isEmpty();
        assertThat(entries)
                .containsAll(files.stream()
                        .filter(file -> !file.startsWith("META-INF"))
                        .toList());
    }

    @Test
    void whatIsNotRegisteredWouldBeSeen() {
        assertThat(registered).doesNotContain("io.usher.web.RecordShape$Component", "io.usher.security.Gate$Passage");
        assertThat(resources).noneMatch(one -> one.matcher("lua/nothing.txt").matches());
    }

    private static void addRecords(JavaClass type, Set<String> needed) {
        if (type.getName().startsWith("io.usher.") && type.isRecord() && needed.add(type.getName())) {
            type.getFields().stream()
                    .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                    .flatMap(field -> field.getType().getAllInvolvedRawTypes().stream())
                    .forEach(within -> addRecords(within, needed));
        }
    }

    private static Path jar() {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("usher.native.sources")))) {
            return files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(ZipFile jar, String name) throws IOException {
        return new JsonMapper().readTree(jar.getInputStream(jar.getEntry(CONFIGURATION + name)));
    }
}
