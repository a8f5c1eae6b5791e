package io.usher.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.usher.problem.ProblemCode;
import io.usher.testing.Actors;
import io.usher.testing.Given;
import io.usher.testing.OpenApi;
import io.usher.testing.RealServers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The OpenAPI document, and the way to it. */
@QuarkusTest
@WithTestResource(value = RealServers.class, scope = TestResourceScope.GLOBAL)
class DocumentationTest {
    @Test
    void theRootAndDocsLeadToSwaggerUi() {
        for (String path : new String[] {"/", "/docs", "/docs/"}) {
            given().redirects().follow(false).get(path).then().statusCode(302).header("Location", "/q/swagger-ui/");
        }
        given().get("/").then().statusCode(200).contentType("text/html").body(containsString("swagger-ui"));
        given().post("/docs").then().statusCode(404);
        given().get("/q/swagger-ui/swagger-ui-bundle.js").then().statusCode(200);
    }

    /** Whatever classes share the beginning of its path. */
    @Test
    void everyMethodThatAPathDoesNotHaveIs405AndTheOthersAreNamed() {
        OpenApi document = OpenApi.parse(given().get("/q/openapi?format=json").asString());
        Map<String, Set<String>> paths = document.operations().stream()
                .collect(Collectors.groupingBy(
                        operation -> operation.path().toString(),
                        TreeMap::new,
                        Collectors.mapping(OpenApi.Operation::method, Collectors.toSet())));

        List<String> wrong = new ArrayList<>();
        paths.forEach((path, methods) -> {
            String url = path.replaceAll("\\{[^}]+}", "01a220b4-7923-727a-bf07-e883f6538be6");
            for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
                if (!has(document, method, url)) {
                    HttpResponse<String> answer = send(method, url, "Content-Type", "application/json");
                    String allow = answer.headers().firstValue("Allow").orElse("nothing");
                    boolean right = answer.statusCode() == 405
                            && Set.of(allow.split(", ")).containsAll(methods)
                            && !Set.of(allow.split(", ")).contains(method);
                    if (!right) {
                        wrong.add(method + " " + path + ": " + answer.statusCode() + ", Allow: " + allow);
                    }
                }
            }
        });

        assertThat(paths).hasSizeGreaterThan(60);
        assertThat(wrong).isEmpty();
    }

    /** Whether an operation has parameters, and which, and whatever it would do. */
    @Test
    void everyOperationRefusesParametersThatItDoesNotKnow() {
        OpenApi document = OpenApi.parse(given().get("/q/openapi?format=json").asString());
        String token = Actors.token(Given.superAdmin().create());

        List<String> wrong = new ArrayList<>();
        for (OpenApi.Operation operation : document.operations()) {
            String path = operation.path().toString().replaceAll("\\{[^}]+}", "01a220b4-7923-727a-bf07-e883f6538be6");
            if (path.startsWith("/api/") && !path.startsWith("/api/test")) {
                HttpResponse<String> answer = send(
                        operation.method(),
                        path + "?noSuchParameter=1",
                        "Content-Type",
                        contentType(operation),
                        "Authorization",
                        "Bearer " + token);
                if (answer.statusCode() != 400 || !answer.body().contains("\"noSuchParameter\"")) {
                    wrong.add(operation.id() + ": " + answer.statusCode() + " " + answer.body());
                }
            }
        }

        assertThat(wrong).isEmpty();
    }

    private static String contentType(OpenApi.Operation operation) {
        Iterator<String> types =
                operation.node().path("requestBody").path("content").fieldNames();
        return types.hasNext() ? types.next() : "application/json";
    }

    /** {@code GET …/users/bulk-create} is a look at a user whom there is not. */
    private static boolean has(OpenApi document, String method, String url) {
        return document.operations().stream()
                .anyMatch(operation ->
                        operation.method().equals(method) && operation.path().matches(url));
    }

    /** Past the check of answers, for which {@code PUT …/users/export} is an update of a user. */
    private static HttpResponse<String> send(String method, String path, String... headers) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + RestAssured.port + path))
                .headers(headers)
                .method(method, HttpRequest.BodyPublishers.ofString("{}"))
                .build();
        try {
            return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theDocumentIsServedInBothFormats() {
        given().get("/q/openapi?format=json").then().statusCode(200).contentType("application/json");
        assertThat(given().get("/q/openapi").then().statusCode(200).extract().asString())
                .startsWith("---\nopenapi: 3.");
    }

    @Test
    void everyOperationHasAnIdOfItsOwnATagAndAnAnswerToEveryProblem() {
        OpenApi document = OpenApi.parse(given().get("/q/openapi?format=json").asString());
        List<OpenApi.Operation> operations = document.operations().stream()
                .filter(operation -> !operation.path().toString().startsWith("/api/test"))
                .toList();
        assertThat(operations).isNotEmpty();
        assertThat(operations).extracting(OpenApi.Operation::id).doesNotHaveDuplicates();
        assertThat(operations).allSatisfy(operation -> {
            assertThat(operation.node().path("tags")).isNotEmpty();
            assertThat(operation.node().path("responses").has("400")).isTrue();
            assertThat(operation.node().path("responses").has("503")).isTrue();
        });
    }

    @Test
    void theDocumentNamesEveryProblemCodeAndWhatMayBeNull() {
        JsonPath document = given().get("/q/openapi?format=json").jsonPath();
        assertThat(document.getList("components.schemas.Problem.properties.code.enum"))
                .hasSize(ProblemCode.values().length)
                .contains("email_taken");
        assertThat(document.getList("components.schemas.Problem.required"))
                .contains("code")
                .doesNotContain("errors");
        assertThat(document.getList("components.schemas.User.properties.name.type"))
                .containsExactly("string", "null");
        assertThat(document.getList("components.schemas.User.required")).contains("id", "name", "version");
        assertThat(document.getMap("components.securitySchemes")).containsOnlyKeys("bearer", "apiKey");
        assertThat(document.getMap("components.parameters")).containsKeys("limit", "offset", "cursor", "count");
    }
}
