package io.usher.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.restassured.RestAssured;
import io.usher.privacy.Person;
import io.usher.testing.Http;
import io.usher.testing.OpenApi;
import io.usher.testing.Parallel;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Holds every operation of the served OpenAPI document against {@link AccessTable}: one that has no row fails the build. */
@UsherTest
class AccessMatrixTest {
    private static final String NOBODY_V1 = "0123456789abcdef0123456789abcdef";

    /** The headers that differ between any two responses. */
    private static final Set<String> DIFFERS = Set.of("date", "x-request-id", "ratelimit", "content-length");

    private final Queue<String> faults = new ConcurrentLinkedQueue<>();

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
        record Cell(Row row, Actor actor) {}
        List<Cell> cells = known().stream()
                .flatMap(row -> Stream.of(Actor.values()).map(actor -> new Cell(row, actor)))
                .toList();
        Parallel.each(cells, cell -> attempt(cell.toString(), () -> play(cell.row(), cell.actor())));
        assertNoFaults();
    }

    @Test
    void aUserOutOfScopeCannotBeToldFromOneThatDoesNotExist() {
        Parallel.each(onUsers(), row -> attempt(row.toString(), () -> compare(row, Actor.ADMIN_OUT_OF_SCOPE)));
        assertNoFaults();
    }

    @Test
    void aCustomerCannotFindOutWhetherAnotherUserExists() {
        Parallel.each(onUsers(), row -> attempt(row.toString(), () -> compare(row, Actor.OTHER_CUSTOMER)));
        assertNoFaults();
    }

    @Test
    void whatAnAdminReadsOfItsUsersIsTheSameWhetherThereAreOthersOrNot() {
        record Read(Row row, Scene scene, Http.Answer first) {}
        List<Read> reads = known().stream()
                .filter(row -> row.operation().startsWith("GET ") && row.rights() == Rights.ADMINS)
                .map(row -> {
                    Scene scene = new Scene(Actor.ADMIN_OUT_OF_SCOPE);
                    return new Read(row, scene, call(row, scene));
                })
                .toList();

        Person.create();

        for (Read read : reads) {
            Http.Answer again =
                    read.row().call(operation(read.row()), read.scene()).send();
            assertThat(again.status()).as(read.row().toString()).isEqualTo(200);
            assertThat(again.body())
                    .as(read.row().toString())
                    .isEqualTo(read.first().body());
        }
    }

    @Test
    void aChangeOfManyDoesNotTellUsersOutOfScopeFromThoseThatDoNotExist() {
        Scene scene = new Scene(Actor.ADMIN_OUT_OF_SCOPE);
        TestUser admin = scene.callerOrTarget();

        for (String id :
                List.of(scene.target().id().toString(), UUID.randomUUID().toString())) {
            Http.Answer answer = Http.call("POST", "/api/admin/users/bulk-update")
                    .json(Map.of("ids", List.of(admin.id(), id), "changes", Map.of("city", "Ghent")))
                    .as(admin)
                    .send();
            assertThat(answer.body()).isEqualTo("{\"updated\":1,\"notFound\":[\"" + id + "\"]}");
        }
    }

    private void play(Row row, Actor actor) {
        Scene scene = new Scene(actor);
        Http.Answer response = call(row, scene);
        Answer expected = row.rights().of(actor);
        if (!expected.is(response)) {
            faults.add(row + " by " + actor + " should be " + expected + ", and is " + response.status() + " "
                    + response.body());
        }
    }

    /** The same call on a user there is and on two there are not: by id, and by V1 id. */
    private void compare(Row row, Actor actor) {
        Scene scene = new Scene(actor);
        Http.Answer real = call(row, scene);
        String expected = fingerprint(real);
        if (!row.rights().of(actor).is(real)) {
            faults.add(row + " by " + actor + " should be " + row.rights().of(actor) + ", and is " + real.status());
        }
        for (String id : List.of(scene.target().v1Id(), UUID.randomUUID().toString(), NOBODY_V1)) {
            String other = fingerprint(call(row, scene.with("userId", id)));
            if (!other.equals(expected)) {
                faults.add(row + " by " + actor + " answers\n" + expected + "\nfor a user there is, and for " + id
                        + "\n" + other);
            }
        }
    }

    private Http.Answer call(Row row, Scene scene) {
        row.arrange().accept(scene);
        return row.call(operation(row), scene).send();
    }

    private OpenApi.Operation operation(Row row) {
        return operations.get(row.operation());
    }

    /** All of a response but what differs between any two. */
    private static String fingerprint(Http.Answer response) {
        String headers = response.headers().map().entrySet().stream()
                .filter(header -> !DIFFERS.contains(header.getKey().toLowerCase(Locale.ROOT)))
                .map(Object::toString)
                .sorted()
                .collect(Collectors.joining("\n"));
        String body = response.body()
                .replace(String.valueOf(response.header("X-Request-Id")), "…")
                .replace(response.json().path("instance").asText("no instance"), "…");
        return response.status() + "\n" + headers + "\n" + body;
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

    private void attempt(String what, Runnable call) {
        try {
            call.run();
        } catch (AssertionError | RuntimeException e) {
            faults.add(what + ": " + e.getMessage());
        }
    }

    private void assertNoFaults() {
        if (!faults.isEmpty()) {
            fail(faults.size() + " faults:\n" + String.join("\n", faults));
        }
    }
}
