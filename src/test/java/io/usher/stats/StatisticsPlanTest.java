package io.usher.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.usher.quota.RunningQuota;
import io.usher.security.Scope;
import io.usher.testing.PlanDatabase;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What PostgreSQL makes of the statistics at 100,000 users, 250 of them an admin's: nothing walks through a table that grows with them. */
class StatisticsPlanTest {
    private static final UUID ADMIN = UUID.fromString("00000000-0000-7000-9000-000000000001");
    private static final UUID COLLEAGUE = UUID.fromString("00000000-0000-7000-9000-000000000002");
    private static final Instant TODAY = Instant.now().truncatedTo(ChronoUnit.DAYS);
    private static final String ID = "cast('00000000-0000-7000-8000-' || lpad(to_hex(i), 12, '0') as uuid)";

    private static PlanDatabase database;

    @BeforeAll
    static void seed() {
        database = PlanDatabase.create(
                "usher_statistics_plans",
                "insert into users (id, email, status, credits, notes, created_at) select " + ID
                        + ", 'u' || i || '@example.com', 'active', i % 10, repeat('x', 200),"
                        + " now() - i * interval '15 minutes' from generate_series(1, 100000) i",
                "insert into users (id, email, user_type, status) values ('" + ADMIN
                        + "', 'admin@example.com', 'admin', 'active'), ('" + COLLEAGUE
                        + "', 'colleague@example.com', 'admin', 'active')",
                "insert into user_admins (admin_id, user_id) select '" + COLLEAGUE + "', " + ID
                        + " from generate_series(1, 100000) i",
                "insert into user_admins (admin_id, user_id) select '" + ADMIN + "', " + ID
                        + " from generate_series(400, 100000, 400) i",
                "insert into user_sessions (id, user_id, created_at, last_activity_at, expires_at, ended_at) select uuidv7(), "
                        + ID
                        + ", now(), now(), now() + interval '1 day', case when i % 4 > 0 then now() end"
                        + " from generate_series(1, 40000) i",
                "insert into user_activities (id, user_id, activity_type, created_at) select uuidv7(), " + ID
                        + ", 'scrape', date_trunc('day', now()) + interval '1 minute' - (i / 2) * interval '1 minute'"
                        + " from generate_series(1, 100000) i",
                "insert into user_quotas (user_id, resource, used, window_start, updated_at) select " + ID
                        + ", 'image', i % 51, date_trunc('day', now()) - (i % 30) * interval '1 day', now()"
                        + " from generate_series(1, 100000) i",
                "insert into user_totals select * from (select day, user_type, status, lead_status, sum(users), sum(credits)"
                        + " from user_total_changes group by 1, 2, 3, 4) t",
                "delete from user_total_changes",
                "insert into admin_totals select * from (select admin_id, day, user_type, status, lead_status, sum(users), sum(credits)"
                        + " from admin_total_changes group by 1, 2, 3, 4, 5) t",
                "delete from admin_total_changes");
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    @Test
    void everybodysNumbersComeFromTotalsAndIndexes() {
        assertThat(plan(present(Scope.Kind.EVERYONE)))
                .contains("user_totals", "user_sessions_live", "user_quotas_by_window", "user_id_activity_type_idx")
                .doesNotContain("Seq Scan on users", "Seq Scan on user_quotas", "Seq Scan on user_sessions")
                .doesNotContain("Seq Scan on user_activities");
    }

    @Test
    void anAdminsNumbersComeFromItsTotalsAndLinks() {
        assertThat(plan(present(Scope.Kind.MANAGED)))
                .contains("admin_totals", "user_admins_pkey")
                .doesNotContain("Seq Scan on users", "Seq Scan on user_quotas", "Seq Scan on user_sessions")
                .doesNotContain("Seq Scan on user_admins");
    }

    @Test
    void everybodysSignupsAreNotCounted() {
        assertThat(plan(StatsSql.signups(scope(Scope.Kind.EVERYONE), 2026)))
                .contains("user_totals")
                .doesNotContain("users_");
    }

    @Test
    void anAdminsSignupsAreNotCounted() {
        assertThat(plan(StatsSql.signups(scope(Scope.Kind.MANAGED), 2026)))
                .contains("admin_totals", "admin_total_changes")
                .doesNotContain("users_", "user_admins", "Seq Scan on admin_totals");
    }

    @Test
    void whatIsAddedUpIsFoundByItsKey() {
        assertThat(database.plan(UserTotalsUpkeep.ADD_UP_EVERYBODYS, Tuple.of(20_000)))
                .contains("user_total_changes");
        assertThat(database.plan(UserTotalsUpkeep.ADD_UP_ADMINS, Tuple.of(20_000)))
                .contains("admin_total_changes")
                .doesNotContain("Seq Scan on users");
    }

    private static StatsSql present(Scope.Kind kind) {
        List<RunningQuota> quotas = List.of(
                new RunningQuota("image", "daily", TODAY, null),
                new RunningQuota("image", "weekly", TODAY.minus(3, ChronoUnit.DAYS), null),
                new RunningQuota("image", "", TODAY, 50L));
        return StatsSql.present(scope(kind), TODAY, quotas);
    }

    private static Scope scope(Scope.Kind kind) {
        return new Scope(kind, ADMIN);
    }

    private static String plan(StatsSql sql) {
        assertThat(database.rows(sql.text(), sql.parameters())).isNotEmpty();
        return database.plan(sql.text(), sql.parameters());
    }
}
