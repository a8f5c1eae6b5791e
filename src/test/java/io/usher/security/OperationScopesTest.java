package io.usher.security;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.RestAssured;
import io.usher.security.OperationScopes.Rule;
import io.usher.testing.OpenApi;
import io.usher.testing.UsherTest;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every operation of the served document has its row in {@link OperationScopes}, and says what stands there. */
@UsherTest
class OperationScopesTest {
    @Test
    void everyOperationSaysWhichScopeAKeyNeeds() {
        List<String> faults = new ArrayList<>();
        for (OpenApi.Operation operation :
                OpenApi.served(RestAssured.baseURI + ":" + RestAssured.port).operations()) {
            String name = operation.method() + " " + operation.path();
            Rule rule = OperationScopes.find(name);
            if (rule == null) {
                faults.add(name + " has no row in OperationScopes");
            } else if (!security(rule).equals(security(operation.node().path("security")))) {
                faults.add(name + " says " + operation.node().path("security") + " and should say " + security(rule));
            }
        }
        assertThat(faults).isEmpty();
    }

    private static List<String> security(Rule rule) {
        return rule.open()
                ? List.of()
                : rule.scope() == null
                        ? List.of("bearer[]")
                        : List.of("bearer[]", "apiKey[\"" + rule.scope().value() + "\"]");
    }

    private static List<String> security(JsonNode requirements) {
        List<String> all = new ArrayList<>();
        for (JsonNode requirement : requirements) {
            requirement.properties().forEach(scheme -> all.add(scheme.getKey() + scheme.getValue()));
        }
        return all;
    }
}
