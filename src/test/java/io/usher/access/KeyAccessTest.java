package io.usher.access;

import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.usher.testing.Given;
import io.usher.testing.Http;
import io.usher.testing.NoLimits;
import io.usher.testing.OpenApi;
import io.usher.testing.Parallel;
import io.usher.testing.UsherTest;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The columns of the access matrix that are API keys: every operation, with the scope that the OpenAPI document names, and without. */
@UsherTest
@TestProfile(NoLimits.class)
class KeyAccessTest {
    /** The scope of what no scope is enough for. */
    private static final String NEVER = "";

    private static final List<Actor> OWNERS =
            Stream.of(Actor.values()).filter(actor -> actor != Actor.ANONYMOUS).toList();
    private static final List<String> SCOPES = List.of(
            "users:read",
            "users:write",
            "quotas:read",
            "quotas:write",
            "generations:read",
            "generations:write",
            "credits:read",
            "credits:write",
            "activities:read",
            "activities:write",
            "preferences:read",
            "preferences:write",
            "fieldwork:read",
            "fieldwork:write",
            "tokens:introspect",
            "admin:read",
            "admin:write");

    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private Map<String, OpenApi.Operation> operations;

    @BeforeEach
    void readTheDocument() {
        operations = OpenApi.served(RestAssured.baseURI + ":" + RestAssured.port).operations().stream()
                .collect(Collectors.toMap(o -> o.method() + " " + o.path(), Function.identity()));
    }

    @Test
    void aKeyWithTheScopeMayDoWhatItsOwnerMayAndNoMore() {
        Parallel.each(rows(), row -> OWNERS.forEach(owner -> playWithScope(row, owner)));
        assertNoFaults();
    }

    private void playWithScope(Row row, Actor owner) {
        String scope = scope(row);
        if (scope.equals(NEVER)) {
            play(row, owner, lacksRole(row, owner) ? Answer.FORBIDDEN : Answer.NO_SCOPE, "*");
        } else {
            play(row, owner, row.keyRights().of(owner), owner == Actor.SUPER_ADMIN ? "*" : scope);
        }
    }

    @Test
    void aKeyWithEveryOtherScopeMayNot() {
        Parallel.each(rows(), this::playWithOtherScopes);
        assertNoFaults();
    }

    private void playWithOtherScopes(Row row) {
        String[] others =
                SCOPES.stream().filter(scope -> !scope.equals(scope(row))).toArray(String[]::new);
        Http.Answer response = play(row, Actor.SUPER_ADMIN, Answer.NO_SCOPE, others);
        String detail = response.json().path("detail").asText();
        if (!scope(row).equals(NEVER) && !detail.contains("'" + scope(row) + "'")) {
            faults.add(row + " does not name " + scope(row) + ": " + detail);
        }
    }

    @Test
    void aKeyWithoutScopesMayDoNothing() {
        Parallel.each(rows(), row -> play(row, Actor.SUPER_ADMIN, Answer.NO_SCOPE));
        assertNoFaults();
    }

    /** Whoever lacks the role is told so first. */
    private static boolean lacksRole(Row row, Actor owner) {
        boolean customer = owner == Actor.SELF || owner == Actor.OTHER_CUSTOMER;
        return customer && row.operation().contains(" /api/admin/");
    }

    private Http.Answer play(Row row, Actor owner, Answer expected, String... scopes) {
        Scene scene = new Scene(owner);
        OpenApi.Operation operation = operations.get(row.operation());
        row.arrange().accept(scene);
        String key = Given.apiKey(scene.callerOrTarget(), scopes);
        Http.Answer response = row.callByNobody(operation, scene).withKey(key).send();
        if (!expected.is(response)) {
            faults.add(row + " by a key of " + owner + " with " + List.of(scopes) + " should be " + expected
                    + ", and is " + response.status() + " " + response.body());
        }
        return response;
    }

    private List<Row> rows() {
        return AccessTable.rows().stream()
                .filter(row -> operations.containsKey(row.operation()))
                .filter(row -> !security(row).isEmpty())
                .toList();
    }

    private String scope(Row row) {
        for (JsonNode requirement : security(row)) {
            if (requirement.has("apiKey")) {
                return requirement.path("apiKey").path(0).asText();
            }
        }
        return NEVER;
    }

    private JsonNode security(Row row) {
        return operations.get(row.operation()).node().path("security");
    }

    private void assertNoFaults() {
        if (!faults.isEmpty()) {
            fail(faults.size() + " faults:\n" + String.join("\n", faults));
        }
    }
}
