package io.usher.replicas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.response.Response;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.RealServers;
import io.usher.testing.TestUser;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Imports that lose what they work with in the middle: nothing is half there, and sending the file again completes it. */
class ImportIT extends TwoReplicas {
    private static final int ROWS = 60_000;
    private static final int BATCH = 5000;
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String IMPORT = "/api/admin/users/import?format=csv&onConflict=skip";

    /** A process says every 10 s that it has its jobs, and is looked after every 10 s, a minute after it spoke last; and some time for a busy machine. */
    private static final Duration SILENCE = Duration.ofSeconds(60 + 10 + 10 + 20);

    private final String mark = "i" + UUID.randomUUID();
    private final byte[] file = IntStream.range(0, ROWS)
            .mapToObj(i -> mark + "-" + i + "@example.com,Ann\r\n")
            .collect(Collectors.joining("", "email,name\r\n", ""))
            .getBytes(StandardCharsets.UTF_8);

    private String token;

    @BeforeEach
    void logIn() {
        TestUser admin = Given.superAdmin().create();
        token = one.request()
                .body(Map.of("username", admin.email(), "password", Given.PASSWORD))
                .post("/api/auth/login")
                .path("token");
    }

    @Test
    void onePostgresAwaySaysSoAndAnotherTryCompletesIt() {
        CompletableFuture<Response> broken = CompletableFuture.supplyAsync(() -> send(one));
        await().atMost(PATIENCE).until(() -> imported() > 0);
        RealServers.restartPostgres();

        Response answer = broken.join();

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(503);
        assertThat(answer.<String>path("code")).isEqualTo("dependency_unavailable");
        long kept = imported();
        assertThat(kept).isLessThan(ROWS);
        assertThat(kept % BATCH).as("%s rows are whole batches", kept).isZero();
        assertThat(events()).as("audit events of the rows that are in").isEqualTo(kept);
        assertTheRestComes(one, kept);
    }

    @Test
    void aReplicaThatIsKilledLeavesWholeBatchesToTheOther() {
        Replica mortal = Replica.start(keys);
        CompletableFuture<Void> broken = CompletableFuture.runAsync(() -> send(mortal));
        await().atMost(PATIENCE).until(() -> imported() > 0);
        mortal.kill();

        assertThat(broken).failsWithin(PATIENCE);
        await().atMost(PATIENCE).until(() -> running() == 0);
        long kept = imported();
        assertThat(kept % BATCH).as("%s rows are whole batches", kept).isZero();
        assertThat(events()).isEqualTo(kept);
        assertTheRestComes(two, kept);
    }

    @Test
    void aJobWhoseProcessIsKilledIsFailedByTheOtherAndItsFileSentAgain() {
        Replica mortal = Replica.start(keys);
        String path = mortal.as(token)
                .header("Prefer", "respond-async")
                .contentType("text/csv")
                .body(file)
                .post(IMPORT)
                .then()
                .statusCode(202)
                .extract()
                .header("Location");
        await().atMost(PATIENCE).until(() -> imported() > 0);
        mortal.kill();
        assertThat(two.as(token).get(path).<String>path("state")).isEqualTo("running");

        await().atMost(SILENCE).pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> assertThat(
                        two.as(token).get(path).<String>path("state"))
                .isEqualTo("failed"));

        Response job = two.as(token).get(path);
        assertThat(job.<String>path("failure.detail")).contains("The process that ran it ended");
        assertThat(job.<String>path("finishedAt")).isNotNull();
        long kept = imported();
        assertThat(kept).isLessThan(ROWS);
        assertThat(kept % BATCH).as("%s rows are whole batches", kept).isZero();
        assertThat(events()).isEqualTo(kept);
        assertTheRestComes(two, kept);
    }

    private void assertTheRestComes(Replica replica, long kept) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(
                        replica.as(token).get("/api/auth/me").statusCode())
                .isEqualTo(200));
        Response again = send(replica);
        assertThat(again.statusCode()).as(again.asString()).isEqualTo(200);
        assertThat(again.<Integer>path("skipped").longValue()).isEqualTo(kept);
        assertThat(again.<Integer>path("created").longValue()).isEqualTo(ROWS - kept);
        assertThat(imported()).isEqualTo(ROWS);
        assertThat(events()).isEqualTo(ROWS);
    }

    private Response send(Replica replica) {
        return replica.as(token).contentType("text/csv").body(file).post(IMPORT);
    }

    private long imported() {
        return Database.number("select count(*) from users where email like ?", mark + "%");
    }

    private long events() {
        return Database.number(
                "select count(*) from audit_events e join users u on u.id = e.target_id where u.email like ?",
                mark + "%");
    }

    private static long running() {
        return Database.number(
                "select count(*) from pg_stat_activity where state = 'active' and query like '%insert into users%'"
                        + " and pid <> pg_backend_pid()");
    }
}
