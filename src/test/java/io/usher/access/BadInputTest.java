package io.usher.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.usher.testing.Actors;
import io.usher.testing.Database;
import io.usher.testing.Http;
import io.usher.testing.LogCapture;
import io.usher.testing.NoLimits;
import io.usher.testing.OpenApi;
import io.usher.testing.Parallel;
import io.usher.testing.UsherTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
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
    private static final Set<String> REPORTS = Set.of("POST /api/admin/migrations/v1", "POST /api/admin/users/import");

    /** Parts of paths that clients make up: what looks bad can be a name all the same. */
    private static final Set<String> NAMED_BY_CLIENTS = Set.of("proverId", "workOrderId");

    private static final List<String> BAD_TAGS =
            List.of("x", "\"", "\"\"", "\"a-b-c\"", "W/", "\"99999999999999999999\"", "a".repeat(4000), "\"1\", \"2\"");

    private static final List<String> BAD_IDS = List.of(
            "x",
            "%00",
            "0",
            "-1",
            "%F0%9F%92%A9",
            "a".repeat(2000),
            "..%2F..%2Fq",
            "%27%20or%201=1",
            "null",
            "g".repeat(32));

    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
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
            Parallel.each(BAD_TAGS, tag -> attempt("the tag " + tag, () -> sendTag(scene, tag)));
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

    private void sendTag(Scene scene, String tag) {
        Http.Call patch = call("PATCH", scene.target().path(""), scene).json(Map.of("name", "Ann"));
        clientsFault("If-Match: " + tag, patch.header("If-Match", tag).send());
        Http.Call get = call("GET", scene.target().path(""), scene);
        int status = get.header("If-None-Match", tag).send().status();
        check(status < 500, "If-None-Match: " + tag + " is " + status);
    }

    private void abuseBody(Row row) {
        Scene scene = new Scene(actor(row));
        row.arrange().accept(scene);
        ObjectNode valid = BadBody.valid(row.body().apply(scene));
        List<BadBody> bodies = new ArrayList<>(BadBody.wholes(valid));
        JsonNode schema = document.resolve(operation(row).node().at("/requestBody/content/application~1json/schema"));
        if (!schema.path("required").isEmpty()) {
            bodies.add(BadBody.none());
        }
        for (Map.Entry<String, JsonNode> property : properties(schema).entrySet()) {
            bodies.addAll(BadBody.properties(valid, property.getKey(), document.resolve(property.getValue())));
        }
        call("GET", "/", scene); // signed in before anything is counted
        Map<String, Long> before = state(scene);
        Parallel.each(bodies, body -> attempt(row + " with " + body.what(), () -> send(row, scene, body)));
        Map<String, Long> after = state(scene);
        before.forEach((what, count) -> check(
                after.get(what) <= count,
                row + " wrote something: " + what + " was " + count + ", is " + after.get(what)));
    }

    private void send(Row row, Scene scene, BadBody body) {
        OpenApi.Operation operation = operation(row);
        String what = row + " with " + body.what();
        Http.Answer response = call(operation.method(), row.path(operation, scene), scene)
                .body(body.contentType(), body.bytes())
                .send();
        if (REPORTS.contains(row.operation()) && response.status() == 200) {
            JsonNode report = response.json();
            check(report.path("failed").equals(report.path("total")), what + " is " + response.body());
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
        Parallel.each(queries, query -> attempt(row + "?" + query.query(), () -> send(row, scene, query)));
    }

    private void send(Row row, Scene scene, BadQuery query) {
        String path = operation(row).path().fill(scene.path()) + "?" + query.query();
        Http.Answer response = call(operation(row).method(), path, scene).send();
        clientsFault(row + "?" + query.query(), response);
        names(row + "?" + query.query(), response, query.field(), !query.field().equals("cursor"));
    }

    private void abusePath(Row row, String parameter) {
        Scene scene = new Scene(actor(row));
        row.arrange().accept(scene);
        Http.Call valid = row.call(operation(row), scene);
        List<Http.Call> calls = BAD_IDS.stream()
                .map(id -> operation(row).path().fill(scene.with(parameter, id).path()))
                .map(path -> new Http.Call(valid.method(), path, valid.headers(), valid.body()))
                .toList();
        Parallel.each(
                calls,
                call -> attempt(row + " at " + call.path(), () -> {
                    int status = call.send().status();
                    boolean refused = status >= 400 || NAMED_BY_CLIENTS.contains(parameter);
                    check(refused && status < 500, call.method() + " " + call.path() + " is " + status);
                }));
    }

    private void clientsFault(String what, Http.Answer response) {
        int status = response.status();
        check(status >= 400 && status < 500, what + " is " + status);
        check(status < 400 || !NOT_ABOUT_INPUT.contains(response.code()), what + " is " + response.body());
    }

    private void names(String what, Http.Answer response, @Nullable String field, boolean strict) {
        if (field == null || (!strict && !response.code().equals("validation_failed"))) {
            return;
        }
        List<String> named = response.json().path("errors").findValuesAsText("field");
        boolean found =
                named.stream().anyMatch(n -> n.equals(field) || n.startsWith(field + "[") || n.startsWith(field + "."));
        check(found, what + " does not name " + field + ": " + response.body());
    }

    private static Http.Call call(String method, String path, Scene scene) {
        Http.Call call = Http.call(method, path);
        return scene.caller() == null ? call : call.as(scene.callerOrTarget());
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
