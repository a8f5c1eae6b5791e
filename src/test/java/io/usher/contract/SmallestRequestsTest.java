package io.usher.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.restassured.RestAssured;
import io.usher.testing.Given;
import io.usher.testing.Http;
import io.usher.testing.OpenApi;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests with no more than they need, and some with a null too many: the document and the service take and refuse the same. */
@UsherTest
class SmallestRequestsTest {
    private static final JsonMapper JSON = new JsonMapper();

    private final TestUser root = Given.superAdmin().create();

    @Test
    void aRowOfAnImportNeedsAnAddress() {
        String user = "{\"email\": \"%s@example.com\"}".formatted(Given.unique());

        JsonNode report = send("POST", "/api/admin/users/import", "application/json", "[" + user + "]");

        assertThat(report.path("created").asInt()).as("%s", report).isEqualTo(1);
        report = send("POST", "/api/admin/users/import", "application/x-ndjson", user);
        assertThat(report.path("skipped").asInt()).as("%s", report).isEqualTo(1);
    }

    @Test
    void whatHasADefaultNeedsNotBeInAFileOfV1() {
        JsonNode report = send("POST", "/api/admin/migrations/v1", "application/json", """
                {"users": [{"email": "%s@example.com",
                    "proverPreferences": {"provers": [{"proverId": "P-7"}], "workWeekPreference": {"startDay": 1, "endDay": 5}},
                    "emailSettings": {"recipientEmail": "ada@example.com", "showDate": null},
                    "pushoverSettings": {"appToken": "abc", "userKey": "def"},
                    "workWeek": {"startDay": 1, "endDay": 5},
                    "notificationSettings": {"enabled": false}}]}
                """.formatted(Given.unique()));

        assertThat(report.path("migrated").asInt()).as("%s", report).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            email        | {"recipientEmail": "ada@example.com"}
            pushover     | {"appToken": "abc", "userKey": "def", "preferences": null}
            work_week    | {"startDay": 1, "endDay": 5}
            notification | {}
            prover       | {"provers": [{"proverId": "P-7", "priority": null}]}
            """)
    void settingsMayLeaveOutWhatHasADefault(String category, String settings) {
        JsonNode view = send(
                "PUT",
                root.path("/preferences/" + category),
                "application/json",
                "{\"settings\": %s}".formatted(settings));

        assertThat(view.path("category").asText()).isEqualTo(category);
    }

    @ParameterizedTest
    @CsvSource({"email", "userType", "superAdmin", "status", "emailVerified"})
    void aNullThatClearsNothingIsRefused(String field) {
        String body = "{\"%s\": null}".formatted(field);

        Http.Answer answer = call("PATCH", root.path(""), "application/json", body);

        assertThat(faults("PATCH", root.path(""), "application/json", body)).isNotEmpty();
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/code").asText()).isEqualTo("not_null");
    }

    /** What the service answers to a body that the document takes. */
    private JsonNode send(String method, String path, String type, String body) {
        assertThat(faults(method, path, type, body)).isEmpty();
        Http.Answer answer = call(method, path, type, body);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private Http.Answer call(String method, String path, String type, String body) {
        return Http.call(method, path)
                .as(root)
                .body(type, body.getBytes(StandardCharsets.UTF_8))
                .send();
    }

    private static List<String> faults(String method, String path, String type, String body) {
        OpenApi document = OpenApi.served(RestAssured.baseURI + ":" + RestAssured.port);
        JsonNode schema = document.operation(method, path)
                .orElseThrow()
                .node()
                .path("requestBody")
                .path("content")
                .path(type)
                .path("schema");
        try {
            return document.faults(schema, JSON.readTree(body));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(body, e);
        }
    }
}
