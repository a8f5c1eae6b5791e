package io.usher.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.usher.problem.ProblemCode;
import io.usher.testing.OpenApi;
import io.usher.testing.RealServers;
import java.util.List;
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
