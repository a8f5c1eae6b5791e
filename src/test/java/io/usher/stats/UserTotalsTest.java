package io.usher.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.anyOf;
import static org.hamcrest.Matchers.is;

import io.quarkus.test.junit.TestProfile;
import io.usher.testing.Actors;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.NoLimits;
import io.usher.testing.Parallel;
import io.usher.testing.RealServers;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The totals that are kept are what counting all users comes to, whatever writes them, and whether or not they have been added up yet. */
@UsherTest
@TestProfile(NoLimits.class)
class UserTotalsTest {
    private static final String KEY = "day, user_type, status, lead_status";
    private static final String WAITING =
            "select count(*) from pg_stat_activity where wait_event_type = 'Lock' and query = ?";
    private static final String EVERYBODYS = differences("", "users u", "user_total");
    private static final String ADMINS =
            differences("l.admin_id, ", "users u join user_admins l on l.user_id = u.id", "admin_total");

    @Inject
    UserTotalsUpkeep upkeep;

    @AfterEach
    void totalsAreWhatCountingComesTo() {
        assertThat(differences()).isZero();
        upkeep.addUp().await().indefinitely();
        assertThat(differences()).as("after adding up").isZero();
    }

    /** How many counts and totals are not the same; one statement, so of one moment, whatever else is at work. */
    private static String differences(String owner, String counted, String kept) {
        String admin = owner.isEmpty() ? "" : "admin_id, ";
        String columns = admin + KEY + ", users, credits";
        String count = "select " + owner + "(u.created_at at time zone 'UTC')::date as day, u.user_type, u.status,"
                + " coalesce(u.lead_status, 'none') as lead_status, count(*) as users, sum(u.credits) as credits from "
                + counted + " where u.deleted_at is null group by " + (admin.isEmpty() ? "" : "5, ") + "1, 2, 3, 4";
        String keep = "select " + admin + KEY + ", sum(users) as users, sum(credits) as credits from (select " + columns
                + " from " + kept + "s union all select " + columns + " from " + kept + "_changes) t group by " + admin
                + KEY + " having sum(users) <> 0 or sum(credits) <> 0";
        return "select (select count(*) from ((" + count + ") except (" + keep + ")) a) + (select count(*) from (("
                + keep + ") except (" + count + ")) b)";
    }

    private static long differences() {
        return Database.number(EVERYBODYS) + Database.number(ADMINS);
    }

    @Test
    void manyWritersAtOnceLoseNothing() {
        TestUser superAdmin = Given.superAdmin().create();
        List<TestUser> users =
                Stream.generate(() -> Given.customer().create()).limit(24).toList();
        TestUser admin = Given.adminOf(users.toArray(TestUser[]::new));
        Parallel.each(users, user -> {
            Actors.as(superAdmin).post(user.path("/suspend")).then().statusCode(200);
            Actors.as(superAdmin)
                    .body(Map.of("amount", 40, "reason", "test"))
                    .post(user.path("/credits/transactions"))
                    .then()
                    .statusCode(201);
            Actors.as(superAdmin)
                    .body(Map.of("leadStatus", "lead"))
                    .patch(user.path(""))
                    .then()
                    .statusCode(200);
            upkeep.addUp().await().indefinitely();
            Actors.as(superAdmin)
                    .body(Map.of("userType", "admin"))
                    .patch(user.path(""))
                    .then()
                    .statusCode(200);
            Actors.as(superAdmin).delete(user.path("")).then().statusCode(204);
            Actors.as(superAdmin).post(user.path("/restore")).then().statusCode(200);
        });
        Parallel.each(users.subList(0, 12), user -> Actors.as(superAdmin)
                .delete(user.path("?permanent=true"))
                .then()
                .statusCode(204));
    }

    @Test
    void setsOfUsersAreOneChangeEach() {
        String family = "set-" + Given.unique();
        long before = changes();

        Database.execute(
                "insert into users (email, status, created_at) select ? || i || '@example.com', 'active', '2020-01-01' from generate_series(1, 500) i",
                family);

        assertThat(changes() - before).as("rows noted").isEqualTo(1);
        Database.execute("update users set status = 'inactive', credits = 3 where email like ?", family + "%");
        Database.execute("update users set lead_status = 'lead' where email like ?", family + "1%");
        Database.execute("delete from users where email like ?", family + "2%");
    }

    /** PostgreSQL keeps the plans of triggers for a connection: one that has seen single users for long is told of many at once. */
    @Test
    void manyAtOnceAreNotedWithinTheTimeOfAStatementWhateverCameBefore() throws SQLException {
        String mark = "many-" + Given.unique();
        String one = Given.customer().create().id().toString();
        try (Connection connection = RealServers.database().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("insert into users (email, status) select '" + mark
                    + "' || n || '@example.com', 'active' from generate_series(1, 10000) n");
            for (int i = 0; i < 10; i++) {
                statement.execute("update users set credits = credits + 1 where id = '" + one + "'");
            }
            statement.execute("set statement_timeout = '10s'");

            assertThat(statement.executeUpdate(
                            "update users set status = 'suspended' where email like '" + mark + "%'"))
                    .isEqualTo(10_000);

            statement.execute("delete from users where email like '" + mark + "%'");
        }
    }

    @Test
    void whatChangesNoTotalIsNotNoted() {
        TestUser user = Given.customer().create();
        long before = changes();

        Database.execute("update users set last_login_at = now(), name = 'Ann' where id = ?", user.id());

        assertThat(changes()).isEqualTo(before);
    }

    /** Both write the same user at the same time, in whichever order: a link notes the user as it then is, or its change is noted for the link. */
    @Test
    void linksAreMadeAndCutWhileTheirUsersChange() {
        TestUser superAdmin = Given.superAdmin().create();
        List<TestUser> users =
                Stream.generate(() -> Given.customer().create()).limit(4).toList();
        List<TestUser> admins = Stream.generate(() -> Given.adminOf(users.toArray(TestUser[]::new)))
                .limit(3)
                .toList();
        Parallel.times(192, 6, i -> {
            TestUser user = users.get(i / 4 % users.size());
            TestUser admin = admins.get(i / 16 % admins.size());
            String link = "/api/admin/users/" + user.id() + "/admins/" + admin.id();
            switch (i % 4) {
                case 0 -> Actors.as(superAdmin).delete(link).then().statusCode(anyOf(is(204), is(404)));
                case 1 -> grant(superAdmin, user, 3);
                case 2 -> Actors.as(superAdmin).put(link).then().statusCode(204);
                default ->
                    Actors.as(superAdmin)
                            .post(user.path(i % 8 == 3 ? "/suspend" : "/activate"))
                            .then()
                            .statusCode(200);
            }
            return i;
        });
    }

    /** A change whose link is not yet committed, and the other way round, each held open until the other waits for it. */
    @Test
    void whoComesSecondWaitsForTheFirst() {
        TestUser user = Given.customer().create();
        TestUser admin = Given.admin().create();
        String link = "insert into user_admins (admin_id, user_id) values ('" + admin.id() + "', '" + user.id() + "')";
        String cut = "delete from user_admins where admin_id = '" + admin.id() + "' and user_id = '" + user.id() + "'";
        String change = "update users set credits = credits + 7, lead_status = 'lead' where id = '" + user.id() + "'";

        inTurn(link, change);
        inTurn(change, cut);
        inTurn(change, link);
        inTurn(cut, change);
    }

    @Test
    void deletingAnAdminTakesItsTotalsAlong() {
        TestUser user = Given.customer().create();
        TestUser admin = Given.adminOf(user);
        upkeep.addUp().await().indefinitely();

        Database.execute("delete from users where id = ?", admin.id());

        upkeep.addUp().await().indefinitely();
        assertThat(Database.number("select count(*) from admin_totals where admin_id = ?", admin.id()))
                .isZero();
        assertThat(Database.number("select count(*) from admin_total_changes where admin_id = ?", admin.id()))
                .isZero();
    }

    private static void inTurn(String first, String second) {
        try (Connection one = RealServers.database().getConnection()) {
            one.setAutoCommit(false);
            try (Statement statement = one.createStatement()) {
                statement.execute(first);
                CompletableFuture<Void> other = CompletableFuture.runAsync(() -> Database.execute(second));
                await().until(() -> Database.number(WAITING, second) > 0);
                one.commit();
                other.join();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        assertThat(differences()).as("%s, then %s", first, second).isZero();
    }

    private static void grant(TestUser superAdmin, TestUser user, int amount) {
        Actors.as(superAdmin)
                .body(Map.of("amount", amount, "reason", "test"))
                .post(user.path("/credits/transactions"))
                .then()
                .statusCode(201);
    }

    private static long changes() {
        return Database.number("select count(*) from user_total_changes");
    }
}
