package io.usher.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.usher.testing.Actors;
import io.usher.testing.EventClient;
import io.usher.testing.Given;
import io.usher.testing.Http;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The statistics as they change; what holds for every stream stands in {@code EventStreamsTest}. */
@UsherTest
class StatisticsStreamTest {
    private static final String PATH = "/api/admin/stats/stream";

    private final TestUser admin = Given.admin().create();

    @Test
    void theNumbersOfNowComeFirstAndThenEachChange() {
        try (EventClient client = EventClient.open(admin, PATH)) {
            EventClient.Block first = client.nextEvent();
            assertThat(first.field("event")).isEqualTo("statistics");
            assertThat(first.json())
                    .isEqualTo(Http.call("GET", "/api/admin/stats")
                            .as(admin)
                            .send()
                            .json());

            Given.customer().managedBy(admin).create();

            assertThat(client.nextEvent().json().path("users").path("total").asLong())
                    .isEqualTo(2);
        }
    }

    @Test
    void whatChangesElsewhereIsNotTold() {
        try (EventClient client = EventClient.open(admin, PATH)) {
            client.nextEvent();

            Given.adminOf(Given.customer().with("credits", 9L).create());
            Given.customer().managedBy(admin).with("credits", 1L).create();

            assertThat(client.nextEvent()
                            .json()
                            .path("credits")
                            .path("outstanding")
                            .asLong())
                    .isEqualTo(1);
        }
    }

    @Test
    void anAdminThatIsDemotedSeesNoMore() {
        try (EventClient client = EventClient.open(admin, PATH)) {
            client.nextEvent();

            Actors.as(Given.superAdmin().create())
                    .body(Map.of("userType", "customer"))
                    .patch(admin.path(""))
                    .then()
                    .statusCode(200);

            EventClient.Block next = client.nextEvent();
            assertThat(next.isEnd() || client.nextEvent().isEnd()).isTrue();
        }
    }

    @Test
    void aKeyThatIsRevokedSeesNoMore() {
        String key = Given.apiKey(admin, "admin:read");
        try (EventClient client = EventClient.open(PATH, Map.of("X-API-Key", key))) {
            client.nextEvent();

            Actors.as(Given.superAdmin().create())
                    .delete("/api/admin/users/" + admin.id() + "/api-keys")
                    .then()
                    .statusCode(204);

            EventClient.Block next = client.nextEvent();
            assertThat(next.isEnd() || client.nextEvent().isEnd()).isTrue();
        }
    }

    @Test
    void aCustomerIsRefusedWithAProblem() {
        Http.Answer answer =
                Http.call("GET", PATH).as(Given.customer().create()).send();

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.code()).isEqualTo("forbidden");
    }
}
