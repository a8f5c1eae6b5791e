package io.usher.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.RestAssured;
import io.usher.testing.Actors;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.Http;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A customer who takes its document slowly, and again and again: nobody else waits for it. */
@UsherTest
class PersonExportPlacesTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TestUser user = Given.customer().create();

    @Test
    void aUserHasOneExportAtATimeAndOthersTheirs() throws IOException {
        // more than what stands between the database and a client that does not read can hold
        Database.execute(
                "insert into user_activities (id, user_id, activity_type, details, created_at)"
                        + " select uuidv7(), ?, 'scrape', jsonb_build_object('n', repeat('x', 2000)), now()"
                        + " from generate_series(1, 12000)",
                user.id());
        try (Socket slow = new Socket()) {
            begin(slow);

            Http.Answer second = export(user);

            assertThat(second.status()).isEqualTo(429);
            assertThat(second.code()).isEqualTo("rate_limited");
            assertThat(second.header("Retry-After")).isEqualTo("15");
            assertThat(export(Given.customer().create()).status()).isEqualTo(200);
            assertThat(Http.call("GET", "/api/admin/users/export?format=csv&q=" + user.email())
                            .as(Given.superAdmin().create())
                            .send()
                            .status())
                    .isEqualTo(200);
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(export(user).status()).isEqualTo(200));
    }

    /** Asks for the document, and reads no more of it than its first bytes. */
    private void begin(Socket socket) throws IOException {
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), RestAssured.port));
        String request = "GET " + user.path("/export") + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + Actors.token(user) + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(UTF_8));
        assertThat(new String(socket.getInputStream().readNBytes(12), UTF_8)).isEqualTo("HTTP/1.1 200");
    }

    private static Http.Answer export(TestUser user) {
        return Http.call("GET", user.path("/export")).as(user).send();
    }
}
