package io.usher.access;

import static org.assertj.core.api.Assertions.fail;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.usher.testing.Actors;
import io.usher.testing.Given;
import io.usher.testing.NoLimits;
import io.usher.testing.OpenApi;
import io.usher.testing.UsherTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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

    private final List<String> faults = new ArrayList<>();
    private Map<String, OpenApi.Operation> operations;

    @BeforeEach
    void readTheDocument() {
        operations = OpenApi.served(RestAssured.baseURI + ":" + RestAssured.port).operations().stream()
                .collect(Collectors.toMap(o -> o.method() + " " + o.path(), Function.identity()));
    }

    @Test
    void aKeyWithTheScopeMayDoWhatItsOwnerMayAndNoMore() {
        for (Row row : rows()) {
            for (Actor owner : OWNERS) {
                String scope = scope(row);
                if (scope.equals(NEVER)) {
                    play(row, owner, lacksRole(row, owner) ? Answer.FORBIDDEN : Answer.NO_SCOPE, "*");
                } else {
                    play(row, owner, row.keyRights().of(owner), owner == Actor.SUPER_ADMIN ? "*" : scope);
                }
            }
        }
        assertNoFaults();
    }

    @Test
    void aKeyWithEveryOtherScopeMayNot() {
        for (Row row : rows()) {
            String[] others =
                    SCOPES.stream().filter(scope -> !scope.equals(scope(row))).toArray(String[]::new);
            Response response = play(row, Actor.SUPER_ADMIN, Answer.NO_SCOPE, others);
            String detail = response.path("detail");
            if (!scope(row).equals(NEVER) && (detail == null || !detail.contains("'" + scope(row) + "'"))) {
                faults.add(row + " does not name " + scope(row) + ": " + detail);
            }
        }
        assertNoFaults();
    }

    @Test
    void aKeyWithoutScopesMayDoNothing() {
        for (Row row : rows()) {
            play(row, Actor.SUPER_ADMIN, Answer.NO_SCOPE);
        }
        assertNoFaults();
    }

    /** Whoever lacks the role is told so first. */
    private static boolean lacksRole(Row row, Actor owner) {
        boolean customer = owner == Actor.SELF || owner == Actor.OTHER_CUSTOMER;
        return customer && row.operation().contains(" /api/admin/");
    }

    private Response play(Row row, Actor owner, Answer expected, String... scopes) {
        Scene scene = new Scene(owner);
        OpenApi.Operation operation = operations.get(row.operation());
        row.arrange().accept(scene);
        String key = Given.apiKey(scene.callerOrTarget(), scopes);
        Response response =
                row.request(scene, Actors.withKey(key)).request(operation.method(), row.path(operation, scene));
        if (!expected.is(response)) {
            faults.add(row + " by a key of " + owner + " with " + List.of(scopes) + " should be " + expected
                    + ", and is " + response.statusCode() + " " + response.asString());
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
