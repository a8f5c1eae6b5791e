package io.usher.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.usher.testing.Actors;
import io.usher.testing.Database;
import io.usher.testing.LogCapture;
import io.usher.testing.NoLimits;
import io.usher.testing.OpenApi;
import io.usher.testing.UsherTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Abuse made from the OpenAPI document, for every operation: always a problem of the client, with the field named, and nothing written. */
@UsherTest
@TestProfile(NoLimits.class)
class BadInputTest {
    /** Codes that say that a call was turned away before its input was looked at. */
    private static final Set<String> NOT_ABOUT_INPUT =
            Set.of("unauthenticated", "forbidden", "user_not_found", "not_found", "rate_limited");

    /** Operations that answer what became of each element of a list, and refuse only what is no list. */
    private static final Set<String> REPORTS = Set.of("POST /api/admin/migrations/v1");

    /** Parts of paths that clients make up: what looks bad can be a name all the same. */
    private static final Set<String> NAMED_BY_CLIENTS = Set.of("proverId", "workOrderId");

    private static final RestAssuredConfig AS_IT_IS = RestAssuredConfig.config()
            .encoderConfig(EncoderConfig.encoderConfig().appendDefaultContentCharsetToContentTypeIfUndefined(false));

    private final List<String> faults = new ArrayList<>();
    private OpenApi document;

    @BeforeEach
    void readTheDocument() {
        document = OpenApi.served(RestAssured.baseURI + ":" + RestAssured.port);
    }

    @Test
    void badBodiesAreRefusedAndNothingIsWritten() {
        try (LogCapture log = new LogCapture()) {
            rows(true).forEach(this::abuseBody);
            assertNoFaults(log);
        }
    }

    @Test
    void badQueriesAreRefused() {
        try (LogCapture log = new LogCapture()) {
            rows(false).forEach(this::abuseQuery);
            assertNoFaults(log);
        }
    }

    @Test
    void badIdsInPathsAreNotFound() {
        try (LogCapture log = new LogCapture()) {
            for (Row row : rows(false)) {
                for (String parameter : operation(row).path().parameters()) {
                    abusePath(row, parameter);
                }
            }
            assertNoFaults(log);
        }
    }

    @Test
    void badHeadersAreRefusedOrPassedOver() {
        try (LogCapture log = new LogCapture()) {
            Scene scene = new Scene(Actor.SUPER_ADMIN);
            for (String tag : List.of(
                    "x",
                    "\"",
                    "\"\"",
                    "\"a-b-c\"",
                    "W/",
                    "\"99999999999999999999\"",
                    "a".repeat(4000),
                    "\"1\", \"2\"")) {
                RequestSpecification patch = Actors.as(scene.callerOrTarget())
                        .header("If-Match", tag)
                        .body(Map.of("name", "Ann"));
                clientsFault("If-Match: " + tag, patch.patch(scene.target().path("")));
                Response get = Actors.as(scene.callerOrTarget())
                        .header("If-None-Match", tag)
                        .get(scene.target().path(""));
                check(get.statusCode() < 500, "If-None-Match: " + tag + " is " + get.statusCode());
            }
            for (String token :
                    List.of("", " ", "a", "a.b", "a.b.c", "..", "é", "a".repeat(6000), "ush_" + "x".repeat(40))) {
                Response me = Actors.anonymous()
                        .header("Authorization", "Bearer " + token)
                        .get("/api/auth/me");
                check(me.statusCode() == 401, "Bearer " + token + " is " + me.statusCode());
            }
            assertNoFaults(log);
        }
    }

    @Test
    void bodiesBeyondTheLimitAreTooLarge() {
        Response response = Actors.anonymous()
                .body("{\"username\": \"" + "a".repeat(3 << 20) + "\"}")
                .post("/api/auth/login");

        assertThat(response.statusCode()).isEqualTo(413);
    }

    private void abuseBody(Row row) {
        Scene scene = new Scene(actor(row));
        row.arrange().accept(scene);
        ObjectNode valid = BadBody.valid(row.body().apply(scene));
        List<BadBody> bodies = new ArrayList<>(BadBody.wholes(valid));
        JsonNode schema = document.resolve(operation(row).node().at("/requestBody/content/application~1json/schema"));
        for (Map.Entry<String, JsonNode> property : properties(schema).entrySet()) {
            bodies.addAll(BadBody.properties(valid, property.getKey(), document.resolve(property.getValue())));
        }
        caller(scene); // signed in before anything is counted
        Map<String, Long> before = state(scene);
        for (BadBody body : bodies) {
            attempt(row + " with " + body.what(), () -> send(row, scene, body));
        }
        Map<String, Long> after = state(scene);
        before.forEach((what, count) -> check(
                after.get(what) <= count,
                row + " wrote something: " + what + " was " + count + ", is " + after.get(what)));
    }

    private void send(Row row, Scene scene, BadBody body) {
        RequestSpecification request =
                caller(scene).config(AS_IT_IS).contentType(body.contentType()).body(body.bytes());
        String what = row + " with " + body.what();
        Response response = request.request(operation(row).method(), row.path(operation(row), scene));
        if (REPORTS.contains(row.operation()) && response.statusCode() == 200) {
            check(response.path("failed").equals(response.path("total")), what + " is " + response.asString());
            return;
        }
        clientsFault(what, response);
        names(what, response, body.field(), body.strict());
    }

    private void abuseQuery(Row row) {
        Scene scene = new Scene(actor(row));
        row.arrange().accept(scene);
        List<BadQuery> queries = new ArrayList<>();
        for (JsonNode reference : operation(row).node().path("parameters")) {
            JsonNode parameter = document.resolve(reference);
            if (parameter.path("in").asText().equals("query")) {
                queries.addAll(
                        BadQuery.of(parameter.path("name").asText(), document.resolve(parameter.path("schema"))));
            }
        }
        if (!queries.isEmpty()) {
            queries.add(BadQuery.unknown());
        }
        for (BadQuery query : queries) {
            attempt(row + "?" + query.query(), () -> send(row, scene, query));
        }
    }

    private void send(Row row, Scene scene, BadQuery query) {
        String path = operation(row).path().fill(scene.path()) + "?" + query.query();
        Response response =
                caller(scene).urlEncodingEnabled(false).request(operation(row).method(), path);
        clientsFault(row + "?" + query.query(), response);
        names(row + "?" + query.query(), response, query.field(), !query.field().equals("cursor"));
    }

    private void abusePath(Row row, String parameter) {
        Scene scene = new Scene(actor(row));
        row.arrange().accept(scene);
        for (String value : List.of(
                "x",
                "%00",
                "0",
                "-1",
                "%F0%9F%92%A9",
                "a".repeat(2000),
                "..%2F..%2Fq",
                "%27%20or%201=1",
                "null",
                "g".repeat(32))) {
            String path =
                    operation(row).path().fill(scene.with(parameter, value).path());
            attempt(row + " at " + path, () -> {
                RequestSpecification request =
                        caller(scene).urlEncodingEnabled(false).contentType(row.contentType());
                if (row.body() != null) {
                    request.body(row.body().apply(scene));
                }
                int status = request.request(operation(row).method(), path).statusCode();
                boolean refused = status >= 400 || NAMED_BY_CLIENTS.contains(parameter);
                check(refused && status < 500, operation(row).method() + " " + path + " is " + status);
            });
        }
    }

    private void clientsFault(String what, Response response) {
        int status = response.statusCode();
        check(status >= 400 && status < 500, what + " is " + status);
        check(
                status < 400 || !NOT_ABOUT_INPUT.contains(String.valueOf(response.<String>path("code"))),
                what + " is " + response.asString());
    }

    private void names(String what, Response response, @Nullable String field, boolean strict) {
        String code = response.path("code");
        if (field == null || (!strict && !"validation_failed".equals(code))) {
            return;
        }
        List<String> named = response.path("errors.field");
        boolean found = named != null
                && named.stream()
                        .anyMatch(n -> n.equals(field) || n.startsWith(field + "[") || n.startsWith(field + "."));
        check(found, what + " does not name " + field + ": " + response.asString());
    }

    private static RequestSpecification caller(Scene scene) {
        return scene.caller() == null ? Actors.anonymous() : Actors.as(scene.callerOrTarget());
    }

    /** The most mighty one who may do it, so that nothing but the input is in the way. */
    private static Actor actor(Row row) {
        for (Actor actor : List.of(Actor.SUPER_ADMIN, Actor.SELF)) {
            if (row.rights().of(actor) == Answer.DONE) {
                return actor;
            }
        }
        return Actor.ANONYMOUS;
    }

    private Map<String, JsonNode> properties(JsonNode schema) {
        Map<String, JsonNode> all = new java.util.LinkedHashMap<>();
        schema.path("properties").properties().forEach(entry -> all.put(entry.getKey(), entry.getValue()));
        schema.path("allOf").forEach(part -> all.putAll(properties(document.resolve(part))));
        return all;
    }

    private static Map<String, Long> state(Scene scene) {
        Map<String, Long> state = Database.rowCounts();
        state.put(
                "version of the target",
                Database.number(
                        "select coalesce(max(version), -1) from users where id = ?",
                        scene.target().id()));
        return state;
    }

    private OpenApi.Operation operation(Row row) {
        return document.operations().stream()
                .filter(o -> (o.method() + " " + o.path()).equals(row.operation()))
                .findFirst()
                .orElseThrow();
    }

    /** One row for each operation that there is, of those with a JSON body or of all. */
    private List<Row> rows(boolean withBody) {
        Set<String> seen = new HashSet<>();
        Set<String> known = new HashSet<>(document.operations().stream()
                .map(o -> o.method() + " " + o.path())
                .toList());
        return AccessTable.rows().stream()
                .filter(row -> known.contains(row.operation()))
                .filter(row ->
                        !withBody || (row.body() != null && row.contentType().endsWith("json")))
                .filter(row -> seen.add(row.operation()))
                .toList();
    }

    private void attempt(String what, Runnable call) {
        try {
            call.run();
        } catch (AssertionError | RuntimeException e) {
            faults.add(what + ": " + e.getMessage());
        }
    }

    private void check(boolean right, String fault) {
        if (!right) {
            faults.add(fault);
        }
    }

    private void assertNoFaults(LogCapture log) {
        if (!faults.isEmpty()) {
            fail(faults.size() + " faults:\n" + String.join("\n", faults));
        }
        assertThat(log.lines()).as("what was logged").noneMatch(line -> line.startsWith("ERROR"));
    }
}
