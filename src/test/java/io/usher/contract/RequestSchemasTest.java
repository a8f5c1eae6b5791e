package io.usher.contract;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.restassured.RestAssured;
import io.usher.problem.FieldError;
import io.usher.problem.ProblemException;
import io.usher.testing.OpenApi;
import io.usher.testing.UsherTest;
import io.usher.web.OpenProperties;
import io.usher.web.StrictJson;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.junit.jupiter.api.Test;

/** What the document says of requests is what the service takes: each record that is sent, held against what binds it. */
@UsherTest
class RequestSchemasTest {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String PREFIX = "#/components/schemas/";
    private static final String INPUT = "Input";
    private static final Path CLASSES = Path.of("target/classes");

    /** What only the configuration, the database of time zones, the clock, a second rule for one text or several properties tell. */
    private static final Set<String> BEYOND_SCHEMAS = Set.of(
            "ConsumeFor.resource",
            "ResetQuotas.resource",
            "CreateGeneration.type",
            "BulkCreate.defaultQuotas",
            "WorkWeekSettingsInput.timezone",
            "ProverInput.proverId",
            "CreateApiKey.expiresAt",
            "UpdateApiKey.expiresAt",
            "GrantCredits.amount",
            "ChangeOwnPassword.newPassword",
            "CreateUser.password",
            "Register.password",
            "ResetPassword.newPassword",
            "SetPassword.password");

    /** Needed unless {@code usher.auth.password-setup} is {@code open}. */
    private static final Set<String> NEEDED_BY_DEFAULT = Set.of("SetPassword.setupToken");

    @Inject
    StrictJson json;

    @Test
    void whatARequestMayLeaveOutIsNotRequired() {
        assertThat(sent()).hasSizeGreaterThan(35);
        eachRecord((schema, type) -> {
            Set<String> missing = faults(JSON.objectNode(), type);
            missing.removeIf(field -> NEEDED_BY_DEFAULT.contains(schema + "." + field));

            assertThat(texts(schema(schema).path("required")))
                    .as("required of %s", schema)
                    .isEqualTo(missing);
        });
    }

    @Test
    void whatIsRefusedAsNullIsNotNullableAndNothingElse() {
        eachProperty((property, type) -> {
            boolean refused =
                    refuses(type, property, JSON.nullNode()) && !NEEDED_BY_DEFAULT.contains(property.toString());

            assertThat(document().faults(property.schema(), JSON.nullNode()).isEmpty())
                    .as("%s is nullable", property)
                    .isEqualTo(!refused);
        });
    }

    @Test
    void valuesAtTheirBoundsAreTakenByBothOrByNeither() {
        Set<String> differences = new TreeSet<>();
        eachProperty(
                (property, type) -> Probes.of(document(), property.schema()).forEach(value -> {
                    boolean refused = refuses(type, property, value);
                    boolean documented =
                            !document().faults(property.schema(), value).isEmpty();
                    boolean blank = value.isTextual() && value.textValue().isBlank(); // read as none
                    if (documented && !refused && !blank) {
                        differences.add(
                                "only the document refuses %s: %s".formatted(property, Probes.shortened(value)));
                    }
                    if (refused && !documented && !BEYOND_SCHEMAS.contains(property.toString())) {
                        differences.add("only the service refuses %s: %s".formatted(property, Probes.shortened(value)));
                    }
                }));

        assertThat(differences).isEmpty();
    }

    @Test
    void unknownPropertiesAreRefusedByBothOrByNeither() {
        ObjectNode unknown = JSON.objectNode().put("zzz", 1);
        eachRecord((schema, type) -> assertThat(faults(unknown, type).contains("zzz"))
                .as("the service refuses other properties of %s", schema)
                .isTrue()
                .isEqualTo(schema(schema).path("additionalProperties").equals(JSON.booleanNode(false))));
    }

    @Test
    void whatIsSentAndAnsweredHasASchemaForEach() {
        Set<String> answered = names("responses", "");
        Set<String> inputs =
                sent().stream().filter(name -> name.endsWith(INPUT)).collect(toCollection(TreeSet::new));

        assertThat(inputs).contains("FileUserInput", "EmailSettingsInput", "ProverInput");
        assertThat(answered).doesNotContainAnyElementsOf(inputs);
        assertThat(answered)
                .containsAll(inputs.stream().map(RequestSchemasTest::view).toList());
        eachRecord((schema, type) -> assertThat(answered).doesNotContain(schema));
    }

    /** A property of a schema. */
    private record Property(String owner, String name, JsonNode schema) {
        @Override
        public String toString() {
            return owner + "." + name;
        }
    }

    private void eachProperty(BiConsumer<Property, Class<? extends Record>> check) {
        eachRecord((name, type) -> schema(name)
                .path("properties")
                .properties()
                .forEach(one -> check.accept(new Property(name, one.getKey(), one.getValue()), type)));
    }

    /** Of those that take any property, the document says what the properties are, each by its own schema. */
    private static void eachRecord(BiConsumer<String, Class<? extends Record>> check) {
        Map<String, Class<? extends Record>> records = records();
        for (String name : sent()) {
            Class<? extends Record> type = records.get(view(name));
            if (type != null
                    && Arrays.stream(type.getRecordComponents())
                            .noneMatch(component -> component.isAnnotationPresent(OpenProperties.class))) {
                check.accept(name, type);
            }
        }
    }

    private boolean refuses(Class<? extends Record> type, Property property, JsonNode value) {
        String name = property.name();
        ObjectNode body = JSON.objectNode().set(name, value);
        return faults(body, type).stream()
                .anyMatch(field -> field.equals(name) || field.startsWith(name + "[") || field.startsWith(name + "."));
    }

    private Set<String> faults(ObjectNode body, Class<? extends Record> type) {
        try {
            json.bind(body, type);
            return new TreeSet<>();
        } catch (ProblemException e) {
            return e.errors().stream().map(FieldError::field).collect(toCollection(TreeSet::new));
        }
    }

    /** By the names of their schemas. */
    private static Map<String, Class<? extends Record>> records() {
        Map<String, Class<? extends Record>> records = new TreeMap<>();
        try (Stream<Path> files = Files.walk(CLASSES.resolve("io/usher"))) {
            files.map(file -> CLASSES.relativize(file).toString())
                    .filter(file -> file.endsWith(".class"))
                    .map(file -> load(file.replace(".class", "").replace('/', '.')))
                    .filter(type -> type.isRecord() && type.isAnnotationPresent(Schema.class))
                    .forEach(type ->
                            records.put(type.getAnnotation(Schema.class).name(), type.asSubclass(Record.class)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return records;
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName(name, false, RequestSchemasTest.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Set<String> sent() {
        return names("requestBody", "json");
    }

    /** The schemas that a part of the operations is made of. */
    private static Set<String> names(String part, String mediaType) {
        Set<String> names = new TreeSet<>();
        document().operations().stream()
                .flatMap(operation -> part.equals("responses")
                        ? StreamSupport.stream(operation.node().path(part).spliterator(), false)
                        : Stream.of(operation.node().path(part)))
                .flatMap(body -> document().resolve(body).path("content").properties().stream())
                .filter(content -> content.getKey().endsWith(mediaType))
                .forEach(content -> collect(content.getValue().path("schema"), names));
        return names;
    }

    private static void collect(JsonNode schema, Set<String> names) {
        for (String reference : schema.findValuesAsText("$ref")) {
            if (reference.startsWith(PREFIX) && names.add(reference.substring(PREFIX.length()))) {
                collect(document().root().at(reference.substring(1)), names);
            }
        }
    }

    private static String view(String name) {
        return name.endsWith(INPUT) ? name.substring(0, name.length() - INPUT.length()) : name;
    }

    private static JsonNode schema(String name) {
        return document().root().at("/components/schemas/" + name);
    }

    private static Set<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .collect(toCollection(TreeSet::new));
    }

    private static OpenApi document() {
        return OpenApi.served(RestAssured.baseURI + ":" + RestAssured.port);
    }
}
