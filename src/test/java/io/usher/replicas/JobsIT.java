package io.usher.replicas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.restassured.response.Response;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.RealServers;
import io.usher.testing.SigningKeys;
import io.usher.testing.TestUser;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes have the same schedule, and each job's work is done by one at a time, once: whoever has its lock (decision 141). */
class JobsIT {
    private static final List<String> JOBS = List.of(
            "session-sweep",
            "token-sweep",
            "idempotency-sweep",
            "generation-sweep",
            "user-totals",
            "audit-seal",
            "transfer-upkeep");

    /** The slowest has its turn every ten seconds. */
    private static final Duration EVERY_TURN = Duration.ofSeconds(12);

    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Map<String, String> OFTEN = Map.of("usher.database.sweep-every", "1s");

    @TempDir
    static Path keys;

    private TestUser user;

    @Test
    void nobodyWorksWithoutTheLockAndThenOneDoesOnce() throws SQLException {
        RealServers.ensureStarted();
        SigningKeys.makeKey(keys);
        try (Replica one = Replica.start(keys, OFTEN);
                Replica two = Replica.start(keys, OFTEN);
                Connection another = RealServers.database().getConnection()) {
            takeTheLocks(another);
            user = Given.customer().create();
            oweEveryJobItsWork(one, two);
            Map<String, Long> owed = owed();

            await().during(EVERY_TURN).atMost(PATIENCE).untilAsserted(() -> assertThat(owed())
                    .containsAllEntriesOf(owed));
            another.rollback();

            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(owed().values()).containsOnly(0L));
            assertDoneOnce();
        }
    }

    private static void takeTheLocks(Connection another) throws SQLException {
        another.setAutoCommit(false);
        try (Statement statement = another.createStatement()) {
            for (String job : JOBS) {
                statement.execute("select pg_advisory_xact_lock(hashtextextended('usher.job." + job + "', 0))");
            }
        }
    }

    private void oweEveryJobItsWork(Replica one, Replica two) {
        String token = login(one);
        String expired = login(two);
        Response made = one.as(token)
                .header("Idempotency-Key", "once")
                .body(Map.of("type", "image", "cost", 5))
                .post("/api/generations");
        assertThat(made.statusCode()).as(made.asString()).isEqualTo(201);
        assertThat(two.as(expired).get("/api/auth/me").statusCode()).isEqualTo(200);
        for (String sql : List.of(
                "update user_sessions set expires_at = now() - interval '2 days' where user_id = ?",
                "update generations set created_at = now() - interval '20 days' where user_id = ?",
                "update idempotency_records set expires_at = now() - interval '1 hour' where user_id = ?",
                "insert into one_time_tokens (user_id, purpose, token_hash, created_at, expires_at)"
                        + " values (?, 'reset', '\\x00', now(), now() - interval '2 days')",
                "insert into transfer_jobs (id, owner_id, kind, state, created_at, heartbeat_at)"
                        + " values (gen_random_uuid(), ?, 'import', 'running', now(), now() - interval '1 hour')")) {
            assertThat(Database.execute(sql, user.id())).as(sql).isPositive();
        }
    }

    private String login(Replica replica) {
        return replica.request()
                .body(Map.of("username", user.email(), "password", Given.PASSWORD))
                .post("/api/auth/login")
                .path("token");
    }

    private Map<String, Long> owed() {
        return Map.of(
                "session-sweep", ofUser("select count(*) from user_sessions where user_id = ?"),
                "token-sweep", ofUser("select count(*) from one_time_tokens where user_id = ?"),
                "idempotency-sweep", ofUser("select count(*) from idempotency_records where user_id = ?"),
                "generation-sweep", ofUser("select count(*) from generations where status = 'pending' and user_id = ?"),
                "user-totals", Database.number("select least(count(*), 1) from user_total_changes"),
                "audit-seal", Database.number("select least(count(*), 1) from audit_unsealed"),
                "transfer-upkeep",
                        ofUser("select count(*) from transfer_jobs where state = 'running' and owner_id = ?"));
    }

    private long ofUser(String sql) {
        return Database.number(sql, user.id());
    }

    /** What would show if two had done it: a cost given back twice, totals that are not the users', an event with two links. */
    private void assertDoneOnce() {
        assertThat(ofUser("select used from user_quotas where resource = 'image' and user_id = ?"))
                .isZero();
        assertThat(Database.number("select sum(users) from user_totals"))
                .isEqualTo(Database.number("select count(*) from users"));
        assertThat(Database.number("select count(*) - count(distinct event_id) from audit_chain"))
                .isZero();
        assertThat(Database.text("select valid from usher_verify_audit()")).isEqualTo("t");
    }
}
