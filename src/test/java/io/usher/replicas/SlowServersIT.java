package io.usher.replicas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.response.Response;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.Mails;
import io.usher.testing.Parallel;
import io.usher.testing.RealServers;
import io.usher.testing.SigningKeys;
import io.usher.testing.SmtpServer;
import io.usher.testing.TcpProxy;
import io.usher.testing.TestUser;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Servers that answer late, never, or not at all, before one process of the package: what a client gets, and that it comes back by itself. The
 * bounds are short here, to be met sooner; {@link #AT_MOST} has room for a machine that does other work.
 */
class SlowServersIT {
    private static final int CONNECTIONS = 4;
    private static final int WAITING = 8;
    private static final String ROLE = "usher_few";

    /** A connection, or an answer, is waited for that long, and then the request is answered. */
    private static final Duration AT_MOST = Duration.ofSeconds(12);

    private static final Duration BACK = Duration.ofSeconds(30);

    @TempDir
    static Path keys;

    private static TcpProxy postgres;
    private static TcpProxy redis;
    private static TcpProxy mail;
    private static Replica replica;

    private TestUser user;
    private String token;

    @BeforeAll
    static void start() {
        RealServers.ensureStarted();
        SigningKeys.makeKey(keys);
        Database.execute("create role " + ROLE + " login password '" + ROLE + "' in role postgres");
        postgres = new TcpProxy(RealServers.postgresPort());
        redis = new TcpProxy(RealServers.redisPort());
        Map<String, String> smtp = new SmtpServer().start();
        mail = new TcpProxy(Integer.parseInt(smtp.get("quarkus.mailer.port")));
        replica = Replica.start(keys, settings(smtp));
    }

    private static Map<String, String> settings(Map<String, String> smtp) {
        Map<String, String> settings = new HashMap<>(smtp);
        settings.put("quarkus.datasource.reactive.url", "postgresql://127.0.0.1:" + postgres.port() + "/postgres");
        settings.put("quarkus.datasource.username", ROLE);
        settings.put("quarkus.datasource.password", ROLE);
        settings.put("quarkus.datasource.reactive.max-size", Integer.toString(CONNECTIONS));
        settings.put("quarkus.redis.hosts", "redis://127.0.0.1:" + redis.port());
        settings.put("quarkus.mailer.port", Integer.toString(mail.port()));
        settings.put("usher.mail.send-timeout", "PT2S");
        settings.put("usher.database.acquire-timeout", "PT2S");
        settings.put("usher.database.connect-timeout", "PT2S");
        settings.put("usher.database.statement-timeout", "PT2S");
        settings.put("usher.database.answer-timeout", "PT4S");
        settings.put("usher.database.max-waiting", Integer.toString(WAITING));
        return settings;
    }

    @AfterAll
    static void stop() {
        for (AutoCloseable each : new AutoCloseable[] {replica, postgres, redis, mail}) {
            try {
                if (each != null) {
                    each.close();
                }
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @BeforeEach
    void signIn() {
        user = Given.customer().create();
        token = replica.request()
                .body(Map.of("username", user.email(), "password", Given.PASSWORD))
                .post("/api/auth/login")
                .path("token");
    }

    @AfterEach
    void allIsWellAgain() {
        List.of(postgres, redis, mail).forEach(TcpProxy::heal);
        await().atMost(BACK).untilAsserted(() -> {
            assertThat(rename().statusCode()).isEqualTo(200);
            assertThat(replica.readiness()).startsWith("200").doesNotContainIgnoringCase("degraded");
        });
    }

    @Test
    void aSlowPostgresMakesRequestsSlowAndFailsNone() {
        postgres.delay(Duration.ofMillis(20));

        assertThat(Parallel.times(6, 3, i -> rename().statusCode())).containsOnly(200);
    }

    @Test
    void aPostgresThatSaysNothingIsAProblemInBoundedTime() {
        postgres.fallSilent();

        Response problem = rename();

        assertUnavailable(problem);
        assertThat(replica.readiness()).startsWith("503");
    }

    @Test
    void requestsDoNotPileUpBeforeAPostgresThatSaysNothing() {
        postgres.fallSilent();

        List<Response> answers = Parallel.times(40, 40, i -> rename());

        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isNotBlank();
            assertThat(answer.time()).isLessThan(AT_MOST.toMillis());
        });
        assertThat(answers.stream().<String>map(answer -> answer.path("code")).toList())
                .contains("overloaded", "dependency_unavailable")
                .isSubsetOf(Set.of("overloaded", "dependency_unavailable"));
    }

    @Test
    void aPostgresThatRefusesConnectionsIsAProblemAtOnce() {
        postgres.refuse();

        assertUnavailable(rename());
    }

    @Test
    void connectionsThatBreakAreMadeAgain() {
        postgres.breakConnections();

        await().atMost(BACK).until(() -> rename().statusCode() == 200);
    }

    @Test
    void aPostgresThatHasNoConnectionLeftIsAProblem() {
        Database.execute("alter role " + ROLE + " connection limit 0");
        try {
            postgres.breakConnections();
            await().atMost(AT_MOST).untilAsserted(() -> assertUnavailable(rename()));
        } finally {
            Database.execute("alter role " + ROLE + " connection limit -1");
        }
    }

    @Test
    void aStatementThatWaitsForALockForTooLongIsEndedByPostgres() throws SQLException {
        try (Connection other = RealServers.database().getConnection();
                Statement lock = other.createStatement()) {
            other.setAutoCommit(false);
            lock.execute("select from users where id = '" + user.id() + "' for update");

            assertUnavailable(rename());
            other.rollback();
        }
        assertThat(rename().statusCode()).isEqualTo(200);
    }

    @Test
    void aSlowRedisIsNotWaitedFor() {
        redis.delay(Duration.ofMillis(200));

        assertDegradedAndServing();
    }

    @Test
    void aRedisThatSaysNothingIsNotWaitedFor() {
        redis.fallSilent();

        assertDegradedAndServing();
    }

    @Test
    void aRedisThatRefusesConnectionsIsNotWaitedFor() {
        redis.refuse();

        assertDegradedAndServing();
    }

    @Test
    void noRequestWaitsForAMailServerThatSaysNothingAndTheMailIsSentLater() {
        mail.fallSilent();

        assertTheMailIsSentLater();
    }

    @Test
    void noRequestWaitsForAMailServerThatIsDownAndTheMailIsSentLater() {
        mail.refuse();

        assertTheMailIsSentLater();
    }

    private void assertTheMailIsSentLater() {
        assertThat(replica.request()
                        .body(Map.of("email", user.email()))
                        .post("/api/auth/forgot-password")
                        .statusCode())
                .isEqualTo(202);
        await().atMost(BACK)
                .until(() -> Database.text("select last_error from mail_outbox where email = ?", user.email()) != null);
        mail.heal();
        Database.execute("update mail_outbox set next_attempt_at = now() where email = ?", user.email());
        await().atMost(BACK).untilAsserted(() -> assertThat(Database.text(
                        "select concat(attempts, ' until ', next_attempt_at, ': ', last_error) from mail_outbox"
                                + " where email = ?",
                        user.email()))
                .as(replica::output)
                .isNull());
        assertThat(Mails.first(user.email()).subject()).contains("password");
    }

    /** Every request is answered, from the first on; once the circuit is open none waits. */
    private void assertDegradedAndServing() {
        assertThat(Parallel.times(12, 3, i -> rename().statusCode())).containsOnly(200);
        await().atMost(BACK).until(() -> replica.output().contains("Redis is away"));
        assertThat(replica.readiness()).startsWith("200").containsIgnoringCase("degraded");
        assertThat(replica.as(token).get("/api/auth/me").statusCode()).isEqualTo(200);
    }

    private Response rename() {
        return replica.as(token).body(Map.of("name", "Ann")).patch(user.path(""));
    }

    private static void assertUnavailable(Response problem) {
        assertThat(problem.statusCode()).as(problem.asString()).isEqualTo(503);
        assertThat(problem.<String>path("code")).isEqualTo("dependency_unavailable");
        assertThat(problem.header("Retry-After")).isNotBlank();
        assertThat(problem.time()).isLessThan(AT_MOST.toMillis());
    }
}
