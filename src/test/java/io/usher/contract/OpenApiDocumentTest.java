package io.usher.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.restassured.RestAssured;
import io.usher.testing.OpenApi;
import io.usher.testing.UsherTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * The OpenAPI document in the repository is the one that is served, so that a change of the API is a change that reviewers see. To renew it:
 * {@code ./mvnw test -Dtest=OpenApiDocumentTest -Dopenapi.update=true}
 */
@UsherTest
class OpenApiDocumentTest {
    private static final Path KEPT = Path.of("docs/openapi.yaml");

    @Test
    void theDocumentInTheRepositoryIsTheOneServed() throws IOException {
        String served = OpenApi.text(RestAssured.baseURI + ":" + RestAssured.port, "yaml");
        if (Boolean.getBoolean("openapi.update")) {
            Files.createDirectories(KEPT.getParent());
            Files.writeString(KEPT, served);
        }

        assertThat(KEPT)
                .as("renew it with ./mvnw test -Dtest=OpenApiDocumentTest -Dopenapi.update=true")
                .exists();
        assertThat(lines(served)).as("served, against the repository").isEqualTo(lines(Files.readString(KEPT)));
    }

    @Test
    void everyOperationSaysWhatGoesWrong() {
        Set<String> silent = new TreeSet<>();
        for (OpenApi.Operation operation : document().operations()) {
            boolean says = operation.node().path("responses").properties().stream()
                    .anyMatch(entry ->
                            (entry.getKey().startsWith("4") || entry.getKey().equals("default"))
                                    && document()
                                            .resolve(entry.getValue())
                                            .path("content")
                                            .has("application/problem+json"));
            if (!says
                    && operation.path().toString().startsWith("/api/")
                    && !operation.path().toString().contains("/.well-known/")) {
                silent.add(operation.toString());
            }
        }
        assertThat(silent).as("operations that document no problem").isEmpty();
    }

    @Test
    void everyOperationHasAnIdOfItsOwnAndASummary() {
        List<OpenApi.Operation> operations = document().operations();

        assertThat(operations).isNotEmpty().extracting(OpenApi.Operation::id).doesNotHaveDuplicates();
        assertThat(operations).allSatisfy(operation -> {
            assertThat(operation.node().has("operationId"))
                    .as("%s has an operationId", operation)
                    .isTrue();
            assertThat(operation.node().path("summary").asText())
                    .as("summary of %s", operation)
                    .isNotBlank();
        });
    }

    @Test
    void noParameterIsThereTwiceAndPagesAreDescribed() {
        Set<String> ofPages = Set.of("limit", "offset", "cursor", "count");
        for (OpenApi.Operation operation : document().operations()) {
            List<JsonNode> parameters = StreamSupport.stream(
                            operation.node().path("parameters").spliterator(), false)
                    .map(document()::resolve)
                    .toList();

            assertThat(parameters)
                    .as("parameters of %s", operation)
                    .extracting(parameter -> parameter.path("in").asText() + " "
                            + parameter.path("name").asText())
                    .doesNotHaveDuplicates();
            assertThat(parameters)
                    .filteredOn(
                            parameter -> ofPages.contains(parameter.path("name").asText()))
                    .as("parameters of pages of %s", operation)
                    .allSatisfy(parameter ->
                            assertThat(parameter.path("description").asText()).isNotBlank());
        }
    }

    /** As text in one order: the document's own order follows the class path's. */
    private static String lines(String yaml) throws IOException {
        YAMLMapper mapper = YAMLMapper.builder()
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .build();
        return mapper.writeValueAsString(mapper.readValue(yaml, java.util.TreeMap.class));
    }

    private static OpenApi document() {
        return OpenApi.served(RestAssured.baseURI + ":" + RestAssured.port);
    }
}
