package io.usher.web.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.smallrye.mutiny.Uni;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.testing.Actors;
import io.usher.testing.Database;
import io.usher.testing.EventClient;
import io.usher.testing.Given;
import io.usher.testing.Http;
import io.usher.testing.LogCapture;
import io.usher.testing.MutableClock;
import io.usher.testing.OpenedSettings;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams as a client sees them, with a state that the test sets. */
@UsherTest
@TestProfile(OpenedSettings.class)
class EventStreamsTest {
    private static final int MAX = OpenedSettings.MOST_STREAMS;

    @Inject
    StreamSlots slots;

    @Inject
    MutableClock clock;

    private final String topic = Given.unique();
    private final String path = "/api/test-streams/" + topic;
    private final List<EventClient> clients = new ArrayList<>();
    private final AtomicInteger asked = new AtomicInteger();

    private TestUser user;

    @BeforeEach
    void givenAState() {
        user = Given.customer().create();
        say("1");
    }

    @AfterEach
    void nothingIsLeft() {
        clients.forEach(EventClient::close);
        await().untilAsserted(() -> assertThat(slots.open()).isZero());
        StreamProbe.STATES.clear();
    }

    @Test
    void theStateOfNowComesAtOnce() {
        EventClient.Block first = open(Map.of()).next();

        assertThat(first.field("event")).isEqualTo("probe");
        assertThat(first.field("data")).isEqualTo("{\"n\":1}");
        assertThat(first.field("id")).isEqualTo(StreamState.of("{\"n\":1}").id());
        assertThat(first.field("retry")).isEqualTo("3000");
    }

    @Test
    void noProxyHoldsItBackAndNoCacheKeepsIt() {
        EventClient client = open(Map.of("Accept-Encoding", "gzip"));

        assertThat(client.header("Content-Type")).isEqualTo("text/event-stream");
        assertThat(client.header("Cache-Control")).contains("no-cache", "no-store", "no-transform");
        assertThat(client.header("X-Accel-Buffering")).isEqualTo("no");
        assertThat(client.header("X-Request-Id")).isNotNull();
        assertThat(client.next().field("data")).isEqualTo("{\"n\":1}");
    }

    @Test
    void aChangeIsSentAndTheSameIsNotSentTwice() {
        EventClient client = open(Map.of());
        client.next();

        assertThat(client.next().isEvent())
                .as("a heartbeat, since nothing has changed")
                .isFalse();
        say("2");
        assertThat(client.nextEvent().field("data")).isEqualTo("{\"n\":2}");
    }

    @Test
    void whoeverComesBackIsOnlyToldWhatIsNew() {
        String id = String.valueOf(open(Map.of()).next().field("id"));

        EventClient again = open(Map.of("Last-Event-ID", id));
        assertThat(again.next().isEvent()).as("it has that state").isFalse();
        say("2");
        assertThat(again.nextEvent().field("data")).isEqualTo("{\"n\":2}");
        again.close();
        assertThat(open(Map.of("Last-Event-ID", id)).next().field("data")).isEqualTo("{\"n\":2}");
    }

    @Test
    void theLastStateEndsTheStream() {
        EventClient client = open(Map.of());
        client.next();

        source(() -> Uni.createFrom().item(StreamState.last("{\"done\":true}")));

        assertThat(client.nextEvent().field("data")).isEqualTo("{\"done\":true}");
        assertThat(client.nextEvent().isEnd()).isTrue();
    }

    @Test
    void whatFailsFirstIsAnOrdinaryProblem() {
        source(() -> Uni.createFrom().failure(ProblemException.of(ProblemCode.USER_NOT_FOUND)));

        Http.Answer answer = Http.call("GET", path).as(user).send();

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.code()).isEqualTo("user_not_found");
    }

    @Test
    void whatFailsLaterEndsTheStreamUnlessItPasses() {
        try (LogCapture log = new LogCapture()) {
            EventClient client = open(Map.of());
            client.next();

            fail(ProblemException.retryAfter(ProblemCode.DEPENDENCY_UNAVAILABLE, "Away.", Duration.ofSeconds(1)));
            assertThat(client.next().isEvent()).isFalse();
            say("2");
            assertThat(client.nextEvent().field("data")).isEqualTo("{\"n\":2}");
            fail(ProblemException.of(ProblemCode.NOT_FOUND));

            assertThat(client.nextEvent().isEnd()).isTrue();
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void aClientThatGoesAwayIsForgotten() {
        EventClient client = open(Map.of());
        client.next();
        assertThat(slots.open()).isEqualTo(1);

        client.close();

        await().untilAsserted(() -> assertThat(slots.open()).isZero());
        int before = asked.get();
        await().during(Duration.ofMillis(2500)).until(() -> asked.get() == before);
    }

    @Test
    void aClientThatDoesNotReadIsNotAskedFor() throws IOException {
        String large = "\"" + "x".repeat(1 << 20) + "\"";
        source(() -> Uni.createFrom().item(() -> StreamState.of("[" + asked.incrementAndGet() + "," + large + "]")));
        try (LogCapture log = new LogCapture()) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
                socket.getOutputStream()
                        .write(("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                        + Actors.token(user) + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));

                AtomicInteger before = new AtomicInteger();
                await().atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(2500))
                        .until(() -> asked.get() > 0 && before.getAndSet(asked.get()) == asked.get());
            }
            await().untilAsserted(() -> assertThat(slots.open()).isZero());
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test
    void aLogoutEndsIt() {
        Actors.Tokens session = Actors.login(user);
        EventClient client = open(Map.of("Authorization", "Bearer " + session.accessToken()));
        client.next();

        Actors.withToken(session.accessToken()).post("/api/auth/logout").then().statusCode(204);

        assertThat(client.nextEvent().isEnd()).isTrue();
    }

    @Test
    void aTokenThatExpiresEndsIt() {
        EventClient client = open(Map.of());
        client.next();

        clock.advance(Duration.ofMinutes(16));

        assertThat(client.nextEvent().isEnd()).isTrue();
    }

    @Test
    void aChangeOfRolesEndsIt() {
        TestUser admin = Given.admin().create();
        EventClient client = EventClient.open(admin, path);
        clients.add(client);
        client.next();

        Actors.as(Given.superAdmin().create())
                .body(Map.of("superAdmin", true))
                .patch(admin.path(""))
                .then()
                .statusCode(200);

        assertThat(client.nextEvent().isEnd()).isTrue();
    }

    @Test
    void itCountsAgainstNoRateLimitAndOneUserHasOnlySoMany() {
        open(Map.of()).next();
        open(Map.of()).next();

        Http.Answer answer = Http.call("GET", path).as(user).send();

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.code()).isEqualTo("rate_limited");
    }

    @Test
    void theProcessHasOnlySoMany() {
        for (int i = 0; i < MAX; i++) {
            EventClient client = EventClient.open(Given.customer().create(), path);
            clients.add(client);
            client.next();
        }

        Http.Answer answer = Http.call("GET", path).as(user).send();

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("overloaded");
    }

    @Test
    void whoeverSignedInBySessionThatIsGoneIsRefusedWithAProblem() {
        Actors.Tokens session = Actors.login(user);
        Database.execute("update user_sessions set ended_at = now() where user_id = ?", user.id());

        Http.Answer answer = Http.call("GET", path)
                .header("Authorization", "Bearer " + session.accessToken())
                .send();

        assertThat(answer.code()).isEqualTo("session_revoked");
    }

    private EventClient open(Map<String, String> headers) {
        Map<String, String> all = new HashMap<>(headers);
        all.computeIfAbsent("Authorization", name -> "Bearer " + Actors.token(user));
        EventClient client = EventClient.open(path, all);
        clients.add(client);
        return client;
    }

    private void say(String number) {
        source(() -> {
            asked.incrementAndGet();
            return Uni.createFrom().item(StreamState.of("{\"n\":" + number + "}"));
        });
    }

    private void fail(ProblemException problem) {
        source(() -> Uni.createFrom().failure(problem));
    }

    private void source(Supplier<Uni<StreamState>> state) {
        StreamProbe.STATES.put(topic, state);
    }
}
