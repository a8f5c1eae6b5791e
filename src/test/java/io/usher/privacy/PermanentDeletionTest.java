package io.usher.privacy;

import static io.usher.testing.Actors.as;
import static io.usher.testing.Actors.token;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.RealServers;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What is left of a user whose row is gone: nobody could anonymise it any more. */
@UsherTest
class PermanentDeletionTest {
    private static final String WAITING =
            "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query like 'delete from users%'";

    @Test
    void nothingInTheDatabaseTellsWhoItWas() {
        Person person = Person.create();

        delete(Given.superAdmin().create(), person.user());

        assertThat(person.traces()).isEmpty();
        assertThat(Database.column(
                        "select ip_address from user_activities where user_id = ? order by id",
                        person.other().id()))
                .containsExactly(null, "10.0.0.1");
    }

    @Test
    void ledgersStayUnderTheBareId() {
        Person person = Person.create();
        UUID id = person.user().id();

        delete(Given.superAdmin().create(), person.user());

        assertThat(Database.number("select sum(amount) from credit_transactions where user_id = ?", id))
                .isEqualTo(70);
        assertThat(Database.column("select reason from credit_transactions where user_id = ?", id))
                .containsOnly("[erased]");
        assertThat(Database.number("select sum(cost) from generations where user_id = ?", id))
                .isEqualTo(6);
        assertThat(Database.column("select action from audit_events where target_id = ?", id))
                .containsExactly("user.purge");
    }

    @Test
    void whoDeletesItselfLeavesNoAddressBehind() {
        TestUser boss = Given.superAdmin().create();
        Given.superAdmin().create();

        delete(boss, boss);

        assertThat(Database.number("select count(*) from audit_origins where actor_id = ?", boss.id()))
                .isEqualTo(1);
        assertThat(Database.number(
                        "select count(*) from audit_origins where actor_id = ? and coalesce(ip_address, user_agent) is not null",
                        boss.id()))
                .isZero();
    }

    @Test
    void whatIsBeingChargedMeanwhileIsErasedToo() throws SQLException {
        TestUser user = Given.customer().create();
        TestUser boss = Given.superAdmin().create();
        token(boss);
        Database.execute(
                "insert into user_quotas (user_id, resource, used, window_start, updated_at) values (?, 'image', 3, now(), now())",
                user.id());

        try (Connection charging = RealServers.database().getConnection();
                Statement statement = charging.createStatement()) {
            charging.setAutoCommit(false);
            statement.execute("update user_quotas set used = 4 where user_id = '" + user.id() + "'");
            statement.execute(
                    "insert into generations (id, user_id, type, prompt, cost, status, window_start, window_round, created_at)"
                            + " values (uuidv7(), '" + user.id()
                            + "', 'image', 'Ann', 1, 'completed', now(), 0, now())");
            CompletableFuture<Void> deletion = CompletableFuture.runAsync(() -> delete(boss, user));
            await().until(() -> Database.number(WAITING) > 0);
            charging.commit();
            deletion.join();
        }

        assertThat(Database.column("select prompt from generations where user_id = ?", user.id()))
                .containsExactly((String) null);
    }

    private static void delete(TestUser boss, TestUser user) {
        as(boss).delete(user.path("?permanent=true")).then().statusCode(204);
    }
}
