package io.usher.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.usher.testing.Actors;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.LogCapture;
import io.usher.testing.UsherTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A write that has begun is carried out whole, whether or not anybody still waits for the answer. */
@UsherTest
@TestProfile(LoadProfile.class)
class ClientsThatGoAwayTest {
    private static final int CLIENTS = 60;

    @Test
    void writesAreEndedAndNothingIsTornApart() throws Exception {
        String admin = Actors.token(Given.superAdmin().create());
        String family = "gone-" + UUID.randomUUID();
        List<Socket> clients = new ArrayList<>();
        try (LogCapture log = new LogCapture()) {
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(create(admin, family + "-" + i + "@example.com"));
            }
            await().pollInterval(Duration.ofMillis(5)).until(() -> created(family) > 0);
            for (Socket client : clients) {
                client.close();
            }

            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(openTransactions()).isZero());
            assertThat(created(family)).isEqualTo(managed(family));
            assertThat(log.lines()).noneMatch(line -> line.startsWith("ERROR") || line.contains("HR0000"));
        }
    }

    private static long created(String family) {
        return Database.number("select count(*) from users where email like ?", family + "-%");
    }

    private static long managed(String family) {
        return Database.number(
                "select count(*) from users u join user_admins ua on ua.user_id = u.id where u.email like ?",
                family + "-%");
    }

    private static long openTransactions() {
        return Database.number("select count(*) from pg_stat_activity where state like 'idle in transaction%'");
    }

    private static Socket create(String token, String email) throws IOException {
        String body = "{\"email\": \"" + email + "\"}";
        String request = "POST /api/users HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token
                + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
        socket.getOutputStream().write(request.getBytes(UTF_8));
        socket.getOutputStream().flush();
        return socket;
    }
}
