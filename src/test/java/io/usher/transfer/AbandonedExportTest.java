package io.usher.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.usher.testing.Actors;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.Http;
import io.usher.testing.LogCapture;
import io.usher.testing.NoLimits;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that leave in the middle of a file: what they had is free again, and nobody is told of a fault. */
@UsherTest
@TestProfile(NoLimits.class)
class AbandonedExportTest {
    /** More than what stands between the database and a client that does not read can hold. */
    private static final int USERS = 12_000;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @ConfigProperty(name = "usher.export.max-concurrent")
    int most;

    private final TestUser superAdmin = Given.superAdmin().create();
    private final String family = "left-" + Given.unique();
    private final String export = ImportCalls.EXPORT + "?format=ndjson&q=" + family;

    @AfterEach
    void theyAreNotForOthers() {
        Database.execute("delete from users where email like ?", family + "%");
    }

    @Test
    void theCursorAndItsPlaceAreFreeAgain() throws IOException {
        Database.execute(
                "insert into users (email, status, notes) select ? || i || '@example.com', 'active', repeat('x', 2000)"
                        + " from generate_series(1, ?) i",
                family,
                USERS);
        String token = Actors.token(superAdmin);
        List<Socket> clients = new ArrayList<>();
        try (LogCapture log = new LogCapture()) {
            for (int i = 0; i < most; i++) {
                clients.add(begin(token));
            }
            await().atMost(PATIENCE).until(() -> cursors() == most);
            assertThat(exported().code()).isEqualTo("overloaded");

            for (Socket client : clients) {
                client.close();
            }

            await().atMost(PATIENCE).untilAsserted(() -> assertThat(cursors()).isZero());
            Http.Answer whole = exported();
            assertThat(whole.status()).isEqualTo(200);
            assertThat(whole.body().lines()).hasSize(USERS);
            assertThat(log.lines()).noneMatch(line -> line.startsWith("ERROR") || line.startsWith("WARN"));
        }
    }

    /** Asks for the file, and reads no more of it than its first bytes. */
    private Socket begin(String token) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(4096);
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), RestAssured.port));
        String request =
                "GET " + export + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + token + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(UTF_8));
        assertThat(new String(socket.getInputStream().readNBytes(12), UTF_8)).isEqualTo("HTTP/1.1 200");
        return socket;
    }

    private Http.Answer exported() {
        return Http.call("GET", export).as(superAdmin).send();
    }

    /** Snapshots that are open. */
    private static long cursors() {
        return Database.number("select count(*) from pg_stat_activity where state like 'idle in transaction%'");
    }
}
