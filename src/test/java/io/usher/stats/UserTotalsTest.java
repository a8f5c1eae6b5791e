package io.usher.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.TestProfile;
import io.usher.testing.Actors;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.NoLimits;
import io.usher.testing.Parallel;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The totals that are kept are what counting all users comes to, whatever writes them, and whether or not they have been added up yet. */
@UsherTest
@TestProfile(NoLimits.class)
class UserTotalsTest {
    private static final String COUNTED = "select (created_at at time zone 'UTC')::date as day, user_type, status,"
            + " coalesce(lead_status, 'none') as lead_status, count(*) as users, sum(credits) as credits"
            + " from users where deleted_at is null group by 1, 2, 3, 4";
    private static final String KEPT =
            "select day, user_type, status, lead_status, sum(users) as users, sum(credits) as credits"
                    + " from (select day, user_type, status, lead_status, users, credits from user_totals union all"
                    + " select day, user_type, status, lead_status, users, credits from user_total_changes) t"
                    + " group by 1, 2, 3, 4 having sum(users) <> 0 or sum(credits) <> 0";

    @Inject
    UserTotalsUpkeep upkeep;

    @AfterEach
    void totalsAreWhatCountingComesTo() {
        assertThat(differences()).isZero();
        upkeep.addUp().await().indefinitely();
        assertThat(differences()).as("after adding up").isZero();
    }

    /** One statement, so of one moment, whatever else is at work. */
    private static long differences() {
        return Database.number("select count(*) from ((" + COUNTED + ") except (" + KEPT + ")) a")
                + Database.number("select count(*) from ((" + KEPT + ") except (" + COUNTED + ")) a");
    }

    @Test
    void manyWritersAtOnceLoseNothing() {
        TestUser superAdmin = Given.superAdmin().create();
        List<TestUser> users =
                Stream.generate(() -> Given.customer().create()).limit(24).toList();
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

    @Test
    void whatChangesNoTotalIsNotNoted() {
        TestUser user = Given.customer().create();
        long before = changes();

        Database.execute("update users set last_login_at = now(), name = 'Ann' where id = ?", user.id());

        assertThat(changes()).isEqualTo(before);
    }

    private static long changes() {
        return Database.number("select count(*) from user_total_changes");
    }
}
