package io.usher.web.error;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.usher.problem.ProblemCode;
import io.usher.testing.LogCapture;
import io.usher.testing.RealServers;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every error is a problem, whoever found it. */
@QuarkusTest
@WithTestResource(value = RealServers.class, scope = TestResourceScope.GLOBAL)
class ProblemsTest {
    private static final String BASE = "/api/test-web";
    private static final String WRITER = ProblemWriter.class.getName();

    private static ValidatableResponse problem(Response response, int status, String code) {
        ValidatableResponse then = response.then();
        then.statusCode(status)
                .contentType("application/problem+json")
                .header("X-Request-Id", notNullValue())
                .body("type", equalTo("/problems/" + code))
                .body("status", equalTo(status))
                .body("code", equalTo(code))
                .body("title", notNullValue())
                .body("detail", notNullValue())
                .body("instance", notNullValue())
                .body("requestId", equalTo(response.header("X-Request-Id")));
        return then;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/nothing",
                "/nothing",
                "/api",
                "/api/",
                "/q/nothing",
                "/apiary",
                BASE,
                BASE + "/x",
                "/index.html"
            })
    void unknownPathsAreNotFound(String path) {
        problem(given().get(path), 404, "not_found").body("instance", equalTo(path));
        problem(given().accept("text/html").get(path), 404, "not_found");
        problem(given().contentType(ContentType.JSON).body("{}").post(path), 404, "not_found");
    }

    @Test
    void anotherMethodIsNotAllowedAndTheAllowedOnesAreNamed() {
        problem(given().delete(BASE + "/view"), 405, "method_not_allowed").header("Allow", "GET, HEAD, OPTIONS");
        problem(given().get(BASE + "/body"), 405, "method_not_allowed").header("Allow", "OPTIONS, POST");
    }

    @Test
    void aRepresentationThatThereIsNotIsNotAcceptable() {
        problem(given().accept("application/xml").get(BASE + "/view"), 406, "not_acceptable");
        problem(given().accept("nonsense").get(BASE + "/view"), 406, "not_acceptable");
    }

    @Test
    void anotherMediaTypeIsUnsupported() {
        problem(given().contentType("text/plain").body("{}").post(BASE + "/body"), 415, "unsupported_media_type");
        problem(
                given().contentType("application/xml").body("<a/>").post(BASE + "/body"),
                415,
                "unsupported_media_type");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "{",
                "{\"text\":\"a\"} x",
                "{\"text\":\"a\",\"text\":\"b\"}",
                "{'text':1}",
                "{\"text\":NaN}",
                "\u0000"
            })
    void whatIsNotJsonIsMalformed(String body) {
        problem(given().contentType(ContentType.JSON).body(body).post(BASE + "/body"), 400, "malformed_json");
    }

    @Test
    void noBodyIsAnEmptyObject() {
        problem(given().contentType(ContentType.JSON).post(BASE + "/body"), 400, "validation_failed")
                .body("errors.field", hasItems("text"));
    }

    @Test
    void bytesThatAreNotUtf8AreMalformed() {
        byte[] body = {'{', '"', 't', 'e', 'x', 't', '"', ':', '"', (byte) 0xC3, (byte) 0x28, '"', '}'};
        problem(given().contentType("application/json").body(body).post(BASE + "/body"), 400, "malformed_json");
    }

    /** With a plain client: rest-assured takes seconds to send such a body. */
    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":"})
    void aMebibyteOfNestingIsRefusedAtOnce(String opening) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(RestAssured.baseURI + ":" + RestAssured.port + BASE + "/body"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(opening.repeat((1 << 20) / opening.length())))
                .build();
        long start = System.nanoTime();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("malformed_json");
    }

    @Test
    void everyFieldAtFaultIsNamed() {
        String body = """
                {"text": "longer than ten", "number": "1", "flag": 1, "at": "yesterday", "id": "x", "more": 1,
                 "inners": [{"name": "ok"}, {"name": "too long", "amount": 1.5}, null]}
                """;
        problem(given().contentType(ContentType.JSON).body(body).post(BASE + "/body"), 400, "validation_failed")
                .body(
                        "errors.field",
                        hasItems(
                                "text",
                                "number",
                                "flag",
                                "at",
                                "id",
                                "more",
                                "inners[1].name",
                                "inners[1].amount",
                                "inners[2]"))
                .body("errors.find { it.field == 'more' }.code", equalTo("unknown"))
                .body("errors.find { it.field == 'text' }.code", equalTo("size"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "null", "\"text\""})
    void aBodyThatIsNoObjectIsNotValid(String body) {
        problem(given().contentType(ContentType.JSON).body(body).post(BASE + "/body"), 400, "validation_failed");
    }

    @Test
    void textsThatCannotBeStoredAreNotValid() {
        for (String text : new String[] {"a\\u0000b", "\\ud800", "\\udc00\\ud800"}) {
            problem(
                            given().contentType(ContentType.JSON)
                                    .body("{\"text\":\"" + text + "\"}")
                                    .post(BASE + "/body"),
                            400,
                            "validation_failed")
                    .body("errors[0].code", equalTo("characters"));
        }
    }

    @Test
    void everyParameterAtFaultIsNamed() {
        problem(
                        given().get(BASE + "/page?limit=-1&offset=9223372036854775808&count=some&x=1&x=2"),
                        400,
                        "validation_failed")
                .body("errors.field", hasItems("limit", "offset", "count", "x"));
        problem(given().get(BASE + "/page?cursor=bm9uZQ"), 400, "invalid_cursor");
        problem(given().get(BASE + "/page?cursor=bm9uZQ&limit=0"), 400, "validation_failed")
                .body("errors.field", hasItems("cursor", "limit"));
    }

    @Test
    void pathParametersOfTheWrongTypeAreProblems() {
        problem(given().get(BASE + "/typed/abc"), 404, "not_found");
    }

    @Test
    void aBodyThatIsTooLargeIsRefused() {
        String body = "{\"text\":\"" + "a".repeat(3 << 20) + "\"}";
        problem(given().contentType(ContentType.JSON).body(body).post(BASE + "/body"), 413, "payload_too_large");
    }

    @ParameterizedTest
    @CsvSource({
        "unauthorized, 401, unauthenticated",
        "authentication, 401, unauthenticated",
        "forbidden, 403, forbidden",
        "connect, 503, dependency_unavailable",
        "overloaded, 503, overloaded",
        "teapot, 500, internal_error",
        "error, 500, internal_error",
        "anything, 500, internal_error"
    })
    void whateverIsThrownIsAProblemThatTellsNoSecret(String how, int status, String code) {
        try (LogCapture log = LogCapture.insteadOf(WRITER)) {
            Response answer = given().get(BASE + "/fail/" + how);
            problem(answer, status, code)
                    .body("errors", nullValue())
                    .body("detail", not(containsString("secret")))
                    .body("detail", not(containsString("10.0.0.1")))
                    .body("detail", not(containsString("Exception")));
            if (status == 500) {
                assertThat(log.lines()).singleElement().asString().contains(answer.<String>path("requestId"));
            }
        }
    }

    @Test
    void waitingIsToldInWholeSecondsRoundedUp() {
        given().get(BASE + "/fail/overloaded").then().header("Retry-After", "2");
        given().get(BASE + "/fail/connect").then().header("Retry-After", notNullValue());
    }

    @Test
    void theSecurityLayersRefusalIsAProblemWithAChallenge() {
        problem(given().get(BASE + "/authenticated"), 401, "unauthenticated").header("WWW-Authenticate", "Bearer");
    }

    @Test
    void whatPostgresRefusesIsAProblem() {
        given().get(BASE + "/sql?q=insert into users (email) values ('twice@usher.test')")
                .then()
                .statusCode(200);
        problem(given().get(BASE + "/sql?q=insert into users (email) values ('twice@usher.test')"), 409, "email_taken");
        given().get(BASE + "/sql?q=delete from users where email = 'twice@usher.test'")
                .then()
                .statusCode(200);
        problem(given().get(BASE + "/sql?q=insert into user_roles values (uuidv7(), 'none')"), 409, "conflict");
        problem(given().get(BASE + "/sql?q=select 1/0"), 400, "validation_failed");
        try (LogCapture log = LogCapture.insteadOf(WRITER)) {
            problem(given().get(BASE + "/sql?q=selec"), 500, "internal_error")
                    .body("detail", not(containsString("selec")));
            assertThat(log.lines()).singleElement().asString().contains("42601");
        }
        problem(
                given().get(BASE + "/sql?q=select pg_terminate_backend(pg_backend_pid())"),
                503,
                "dependency_unavailable");
    }

    @ParameterizedTest
    @EnumSource(ProblemCode.class)
    void everyCodeIsExplained(ProblemCode code) {
        given().get(code.type())
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("code", equalTo(code.code()))
                .body("status", equalTo(code.status()))
                .body("advice", notNullValue());
        given().accept("text/html,application/xhtml+xml,*/*;q=0.8")
                .get(code.type())
                .then()
                .statusCode(200)
                .contentType(containsString("text/html"))
                .body(containsString(code.code()));
    }

    @Test
    void anUnknownCodeIsNotFound() {
        problem(given().get("/problems/none"), 404, "not_found");
        problem(given().accept("text/html").get("/problems/none"), 404, "not_found");
    }
}
