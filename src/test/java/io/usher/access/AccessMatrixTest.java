package io.usher.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.usher.testing.OpenApi;
import io.usher.testing.UsherTest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holds every operation of the served OpenAPI document against {@link AccessTable}: one that has no row fails the build. */
@UsherTest
class AccessMatrixTest {
    private static final String NOBODY_V1 = "0123456789abcdef0123456789abcdef";

    private Map<String, OpenApi.Operation> operations;

    @BeforeEach
    void readTheDocument() {
        operations = OpenApi.served(RestAssured.baseURI + ":" + RestAssured.port).operations().stream()
                .collect(Collectors.toMap(o -> o.method() + " " + o.path(), Function.identity()));
    }

    @Test
    void everyOperationHasARowAndEveryRowAnOperation() {
        Set<String> rows =
                AccessTable.rows().stream().map(Row::operation).collect(Collectors.toCollection(TreeSet::new));

        assertThat(rows)
                .as("operations of the document, against the rows of AccessTable")
                .isEqualTo(new TreeSet<>(operations.keySet()));
    }

    @Test
    void everybodyMayDoWhatTheTableSaysAndNoMore() {
        List<String> faults = new ArrayList<>();
        for (Row row : known()) {
            for (Actor actor : Actor.values()) {
                attempt(faults, row + " by " + actor, () -> play(faults, row, actor));
            }
        }
        assertNone(faults);
    }

    @Test
    void aUserOutOfScopeCannotBeToldFromOneThatDoesNotExist() {
        List<String> faults = new ArrayList<>();
        for (Row row : onUsers()) {
            attempt(faults, row.toString(), () -> compare(faults, row, Actor.ADMIN_OUT_OF_SCOPE));
        }
        assertNone(faults);
    }

    @Test
    void aCustomerCannotFindOutWhetherAnotherUserExists() {
        List<String> faults = new ArrayList<>();
        for (Row row : onUsers()) {
            attempt(faults, row.toString(), () -> compare(faults, row, Actor.OTHER_CUSTOMER));
        }
        assertNone(faults);
    }

    private void play(List<String> faults, Row row, Actor actor) {
        Scene scene = new Scene(actor);
        Response response = call(row, scene);
        Answer expected = row.rights().of(actor);
        if (!expected.is(response)) {
            faults.add(row + " by " + actor + " should be " + expected + ", and is " + response.statusCode() + " "
                    + response.asString());
        }
    }

    /** The same call on a user there is and on two there are not: by id, and by V1 id. */
    private void compare(List<String> faults, Row row, Actor actor) {
        Scene scene = new Scene(actor);
        Response real = call(row, scene);
        String expected = fingerprint(real);
        if (!row.rights().of(actor).is(real)) {
            faults.add(row + " by " + actor + " should be " + row.rights().of(actor) + ", and is " + real.statusCode());
        }
        for (String id : List.of(scene.target().v1Id(), UUID.randomUUID().toString(), NOBODY_V1)) {
            String other = fingerprint(call(row, scene.with("userId", id)));
            if (!other.equals(expected)) {
                faults.add(row + " by " + actor + " answers\n" + expected + "\nfor a user there is, and for " + id
                        + "\n" + other);
            }
        }
    }

    private Response call(Row row, Scene scene) {
        OpenApi.Operation operation = operations.get(row.operation());
        row.arrange().accept(scene);
        return row.request(scene).request(operation.method(), row.path(operation, scene));
    }

    /** All of a response but what differs between any two. */
    private static String fingerprint(Response response) {
        String requestId = String.valueOf(response.header("X-Request-Id"));
        String instance = String.valueOf(response.<String>path("instance"));
        String headers = response.headers().asList().stream()
                .filter(header -> !Set.of("date", "x-request-id", "ratelimit", "content-length")
                        .contains(header.getName().toLowerCase(java.util.Locale.ROOT)))
                .map(Object::toString)
                .sorted()
                .collect(Collectors.joining("\n"));
        return response.statusLine() + "\n" + headers + "\n"
                + response.asString().replace(requestId, "…").replace(instance, "…");
    }

    private List<Row> known() {
        return AccessTable.rows().stream()
                .filter(row -> operations.containsKey(row.operation()))
                .toList();
    }

    private List<Row> onUsers() {
        Set<String> seen = new HashSet<>();
        return known().stream()
                .filter(row -> row.operation().contains("{userId}") && seen.add(row.toString()))
                .toList();
    }

    private static void attempt(List<String> faults, String what, Runnable call) {
        try {
            call.run();
        } catch (AssertionError | RuntimeException e) {
            faults.add(what + ": " + e.getMessage());
        }
    }

    private static void assertNone(List<String> faults) {
        if (!faults.isEmpty()) {
            fail(faults.size() + " faults:\n" + String.join("\n", faults));
        }
    }
}
