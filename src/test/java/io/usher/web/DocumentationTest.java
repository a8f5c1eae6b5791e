package io.usher.web;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.usher.testing.RealServers;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(value = RealServers.class, scope = TestResourceScope.GLOBAL)
class DocumentationTest {
    @Test
    void dump() throws Exception {
        Files.writeString(
                Path.of("target/served.yaml"), given().get("/q/openapi").asString());
    }

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
}
