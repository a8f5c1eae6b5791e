package io.usher.migration;

import static io.usher.migration.V1Files.contents;
import static io.usher.migration.V1Files.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.restassured.RestAssured;
import io.usher.testing.Actors;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a V1 file may be like: how large, of which shape, and what is said of users that are not as they should be. */
@UsherTest
class V1FileTest {
    private static final String HASH = "$2a$10$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i";

    private TestUser root;
    private String email;

    @BeforeEach
    void arrange() {
        root = Given.superAdmin().create();
        email = Given.email();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "`email`: 7 | email | type",
                "`email`: null | email | required",
                "`email`: `no address` | email | format",
                "`password`: `{73}` | password | too_long",
                "`password`: `{hash}`, `password_hash`: `{hash}` | password | ambiguous",
                "`password`: `{hash}x` | password | format",
                "`password_hash`: `secret` | passwordHash | format",
                "`password_hash`: `$2a$31$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i` | passwordHash | format",
                "`label`: `a\\u0000b` | label | characters",
                "`configured_email`: `nowhere` | configuredEmail | format",
                "`friendly_name`: `a`, `friendlyName`: `a` | friendlyName | repeated",
                "`last_used`: `yesterday` | lastUsed | format",
                "`last_used`: `1999-12-31T23:59:59Z` | lastUsed | range",
                "`last_used`: `2999-01-01T00:00:00` | lastUsed | range",
                "`last_used`: 1700000000 | lastUsed | type",
                "`is_active`: true | is_active | unknown",
                "`work_week`: {`start_day`: 7, `end_day`: 5} | workWeek.startDay | range",
                "`work_week`: {`start_day`: 1, `end_day`: 5, `timezone`: `Mars/Olympus`} | workWeek.timezone | format",
                "`email_settings`: {`show_job_id`: true} | emailSettings.recipientEmail | required",
                "`prover_preferences`: {`provers`: [{`serial`: `1`}]} | proverPreferences.provers[0].proverId | required",
                "`activities`: {} | activities | type",
                "`activities`: [null] | activities[0] | not_null",
                "`activities`: [{`activity_type`: `scrape`}, {`activity_type`: `fly`}] | activities[1].activityType | enum",
                "`activities`: [{}] | activities[0].activityType | required",
                "`activities`: [{`activity_type`: `scrape`, `timestamp`: `x`}] | activities[0].timestamp | format",
                "`activities`: [{`activity_type`: `scrape`, `details`: {`a`: `{70000}`}}] | activities[0].details | size",
                "`activities`: [{`activity_type`: `scrape`, `user_id`: `{other}`}] | activities[0].userId | mismatch",
                "`dispensers`: [{`work_order_id`: `W-1`}] | dispensers[0].dispenserData | required",
                "`dispensers`: [{`work_order_id`: ` W-1`, `dispenser_data`: {}}] | dispensers[0].workOrderId | format"
            })
    void whatIsWrongWithAUserIsNamed(String properties, String field, String code) {
        String json = properties
                .replace('`', '"')
                .replace("{hash}", HASH)
                .replace("{73}", "x".repeat(73))
                .replace("{70000}", "x".repeat(70_000))
                .replace("{other}", "0123456789abcdef0123456789abcdef");
        String user = json.contains("\"email\":") ? json : "\"email\": \"" + email + "\", " + json;
        Actors.token(root);
        Map<String, String> before = contents();

        send(root, "{\"users\": [{" + user + "}]}")
                .then()
                .statusCode(200)
                .body("failed", equalTo(1))
                .body("items[0].errors.field", hasItem(field))
                .body("items[0].errors.code", hasItem(code))
                .body("items[0].id", nullValue());

        assertThat(contents()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2025-03-01T10:00:00Z",
                "2025-03-01T10:00:00",
                "2025-03-01 10:00:00",
                "2025-03-01T10:00:00.000999",
                "2025-03-01 11:00:00+01:00",
                "2025-03-01T05:00:00.000-05:00"
            })
    void timesAreReadAsV1WroteThem(String time) {
        send(root, V1Files.of(Map.of("email", email, "last_used", time))).then().body("migrated", equalTo(1));

        assertThat(Database.text("select last_used_at at time zone 'UTC' from users where email = ?", email))
                .isEqualTo("2025-03-01 10:00:00");
    }

    @Test
    void settingsThatWereNeverMadeAreNone() {
        Map<String, ?> user = Map.of(
                "email", email, "pushover_settings", Map.of(), "work_week", Map.of(), "prover_preferences", Map.of());

        send(root, V1Files.of(user)).then().body("migrated", equalTo(1));

        assertThat(Database.number(
                        "select count(*) from user_preferences p join users u on u.id = p.user_id where u.email = ?",
                        email))
                .isZero();
    }

    @Test
    void oneBadUserDoesNotStopTheOthersWhateverItIs() {
        send(root, "{\"users\": [null, [], \"x\", {}, {\"email\": \"" + email + "\"}]}")
                .then()
                .statusCode(200)
                .body("total", equalTo(5))
                .body("migrated", equalTo(1))
                .body("failed", equalTo(4))
                .body("items[4].status", equalTo("migrated"));
    }

    @Test
    void aFileThatIsNoListOfUsersIsRefusedAsAWhole() {
        String good = "{\"email\": \"" + email + "\"}";
        Map<String, String> before = beforeSending();

        send(root, "{\"users\": [" + good + "], \"more\": 1}")
                .then()
                .statusCode(400)
                .body("code", equalTo("validation_failed"))
                .body("errors.field", contains("more"));
        send(root, "{\"users\": " + good + "}").then().statusCode(400).body("errors.field", contains("users"));
        send(root, "{\"users\": [" + good + "]").then().statusCode(400).body("code", equalTo("malformed_json"));
        send(root, "{\"users\": [" + good + ", {\"email\": 1e99999999999}]}")
                .then()
                .statusCode(400)
                .body("code", equalTo("malformed_json"))
                .body("detail", containsString("exponent"));
        send(root, "{\"users\": [" + (good + ",").repeat(10_000) + good + "]}")
                .then()
                .statusCode(400)
                .body("errors.code", contains("size"));
        Actors.as(root).post(V1Files.PATH).then().statusCode(400).body("errors.field", contains("users"));

        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void aFileOfManyMebibytesIsReadAlsoWithoutALength() throws Exception {
        String domain = Given.unique() + ".example";
        byte[] file = V1Files.many(domain, 300, 100).getBytes(StandardCharsets.UTF_8);
        assertThat(file.length).isGreaterThan(4 << 20);
        HttpRequest chunked = HttpRequest.newBuilder(
                        URI.create(RestAssured.baseURI + ":" + RestAssured.port + V1Files.PATH))
                .header("Content-Type", "application/json")
                .header("Authorization", "Bearer " + Actors.token(root))
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(file)))
                .build();

        HttpResponse<String> answer = HttpClient.newHttpClient().send(chunked, HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("\"migrated\":300");
        send(root, new String(file, StandardCharsets.UTF_8))
                .then()
                .statusCode(200)
                .body("skipped", equalTo(300));
    }

    @Test
    void whoMayNotSendItIsToldSoHoweverLargeItIs() {
        String file = V1Files.many(Given.unique() + ".example", 300, 100);

        send(Given.admin().create(), file).then().statusCode(403).body("code", equalTo("forbidden"));
        send(Given.customer().create(), file).then().statusCode(403);
        Actors.anonymous().body(file).post(V1Files.PATH).then().statusCode(401);
    }

    @Test
    void aFileBeyondTheLimitIsTooLarge() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", RestAssured.port)) {
            socket.setSoTimeout(10_000);
            String head = "POST " + V1Files.PATH + " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                    + "Authorization: Bearer " + Actors.token(root) + "\r\nContent-Length: 67108865\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            byte[] answer = socket.getInputStream().readNBytes(12);

            assertThat(new String(answer, StandardCharsets.ISO_8859_1)).isEqualTo("HTTP/1.1 413");
        }
    }

    private Map<String, String> beforeSending() {
        Actors.token(root);
        return contents();
    }
}
