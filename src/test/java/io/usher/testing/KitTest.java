package io.usher.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.inject.Inject;
import java.net.Socket;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The tools of the other tests do what they say: a check that never fails would check nothing. */
@UsherTest
class KitTest {
    private static final String DOCUMENT = """
            {"openapi": "3.1.0", "paths": {"/api/things/{id}": {"get": {"operationId": "getThing", "responses": {
              "200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}},
              "204": {"description": "nothing"}}}}},
             "components": {"schemas": {"Thing": {"type": "object", "required": ["id"],
               "properties": {"id": {"type": "string"}, "size": {"type": ["integer", "null"]},
               "parts": {"type": "array", "items": {"$ref": "#/components/schemas/Thing"}}}}}}}
            """;

    @Inject
    MutableClock clock;

    @Inject
    Clock applicationClock;

    @Test
    void arrangedUsersStandInTheDatabase() {
        TestUser customer = Given.customer().named("Ann").create();
        TestUser admin = Given.adminOf(customer);

        assertThat(Database.text("select name from users where id = ?", customer.id()))
                .isEqualTo("Ann");
        assertThat(Database.column("select user_id from user_admins where admin_id = ?", admin.id()))
                .containsExactlyInAnyOrder(customer.id().toString(), admin.id().toString());
        assertThat(customer.v1Id()).hasSize(32);
    }

    @Test
    void theApplicationsClockIsTheOneThatTestsMove() {
        clock.advance(Duration.ofDays(3));

        assertThat(applicationClock.instant()).isAfter(Instant.now().plus(Duration.ofDays(2)));
    }

    @Test
    void redisStopsAndStartsOnTheSamePort() throws Exception {
        RealServers.stopRedis();
        assertThatThrownBy(() -> new Socket("127.0.0.1", RealServers.redisPort()).close())
                .isInstanceOf(java.io.IOException.class);

        RealServers.startRedis();
        new Socket("127.0.0.1", RealServers.redisPort()).close();
    }

    @Test
    void postgresKeepsItsDataWhenItIsRestarted() throws SQLException {
        TestUser customer = Given.customer().create();
        try (var connection = RealServers.database().getConnection()) {
            RealServers.restartPostgres();
            assertThat(connection.isValid(1)).isFalse();
        }

        assertThat(Database.number("select count(*) from users where id = ?", customer.id()))
                .isEqualTo(1);
    }

    @Test
    void aResponseThatTheDocumentDoesNotPromiseIsAtFault() {
        OpenApi document = OpenApi.parse(DOCUMENT);

        assertThat(faults(document, 200, "{\"id\": \"a\", \"size\": null, \"parts\": [{\"id\": \"b\"}]}"))
                .isEmpty();
        assertThat(faults(document, 200, "{\"size\": 1}"))
                .singleElement()
                .asString()
                .contains("id");
        assertThat(faults(document, 200, "{\"id\": \"a\", \"parts\": [{\"id\": 3}]}"))
                .singleElement()
                .asString()
                .contains("/parts/0/id");
        assertThat(faults(document, 200, "{\"id\": \"a\", \"parts\": [{\"id\": \"b\", \"new\": 3}]}"))
                .containsExactly("$.parts[0].new: is not documented");
        assertThat(faults(document, 204, "")).isEmpty();
        assertThat(faults(document, 404, "{}"))
                .singleElement()
                .asString()
                .contains("status 404")
                .contains("getThing");
    }

    private static List<String> faults(OpenApi document, int status, String body) {
        return document.faults("GET", "/api/things/7", status, "application/json;charset=UTF-8", body);
    }
}
