package io.usher.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.usher.security.Scope;
import io.usher.testing.PlanDatabase;
import io.usher.web.Cursor;
import io.usher.web.PageRequest;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What PostgreSQL makes of the list and the summary at 100,000 activities in a year, a tenth of them one user's: indexes, and only the months asked for. */
class ActivityPlanTest {
    private static final UUID ADMIN = UUID.fromString("00000000-0000-7000-8000-00000000000a");
    private static final UUID USER = UUID.fromString("00000000-0000-7000-8000-000000000001");
    private static final Instant YESTERDAY = Instant.parse("2025-12-30T12:00:00Z");

    private static PlanDatabase database;

    @BeforeAll
    static void seed() {
        database = PlanDatabase.create(
                "usher_activity_plans",
                "insert into users (id, email, status) select cast('00000000-0000-7000-8000-' || lpad(to_hex(i), 12, '0') as uuid),"
                        + " 'u' || i || '@example.com', 'active' from generate_series(1, 1000) i",
                "insert into user_admins (admin_id, user_id) select '" + ADMIN
                        + "', id from users order by email limit 20 on conflict do nothing",
                "select usher_make_month_partition('user_activities', cast(m as date), date '2025-12-31')"
                        + " from generate_series(date '2025-01-01', date '2026-03-01', interval '1 month') m",
                "insert into user_activities (id, user_id, activity_type, details, created_at) select uuidv7(),"
                        + " cast('00000000-0000-7000-8000-' || lpad(to_hex(case i % 10 when 0 then 1 else 2 + i % 998 end), 12, '0') as uuid),"
                        + " case i % 3 when 0 then 'login' when 1 then 'scrape' else 'filter_change' end,"
                        + " jsonb_build_object('page', md5('p' || i)),"
                        + " timestamptz '2025-01-01 00:00+00' + i * interval '315 seconds' from generate_series(0, 99999) i");
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    @Test
    void aUsersListReadsTheUsersIndexOfEachMonth() {
        String plan = page(new ActivityFilter(null, null, null, request(null)));

        assertThat(plan)
                .contains("Merge Append")
                .contains("Index Scan using user_activities_2025_01_user_id_created_at_id_activity_type_idx")
                .contains("Index Scan using user_activities_2025_12_user_id_created_at_id_activity_type_idx");
    }

    @Test
    void timesLeaveMonthsOut() {
        Instant since = Instant.parse("2025-04-10T00:00:00Z");
        Instant until = Instant.parse("2025-05-10T00:00:00Z");

        String plan = page(new ActivityFilter(ActivityType.SCRAPE, since, until, request(null)));

        assertThat(plan)
                .contains("user_activities_2025_04", "user_activities_2025_05")
                .doesNotContain("user_activities_2025_03", "user_activities_2025_06");
    }

    @Test
    void aDeepPageLeavesOutTheMonthsAfterIt() {
        Cursor cursor = new Cursor(ActivityFilter.ORDER, "2025-02-20T10:00:00Z", USER);

        ActivityFilter filter =
                new ActivityFilter(null, null, null, new PageRequest(100, 0, cursor, PageRequest.CountMode.NONE));

        assertThat(page(filter))
                .contains("user_activities_2025_01", "user_activities_2025_02")
                .doesNotContain("user_activities_2025_03", "user_activities_2025_12");
    }

    @Test
    void theTotalOfADayIsCountedInAnIndexOfItsMonthAlone() {
        String plan = summary(Scope.Kind.EVERYONE);

        assertThat(plan)
                .contains("Index Only Scan using user_activities_2025_12_created_at_id_user_id_activity_type_idx")
                .doesNotContain("user_activities_2025_11", "Seq Scan on users");
    }

    @Test
    void anAdminsSummaryBeginsWithItsLinks() {
        String plan = summary(Scope.Kind.MANAGED);

        assertThat(plan).contains("user_admins").doesNotContain("user_activities_2025_11", "Seq Scan on users");
    }

    @Test
    void theSummaryCountsWhatThereIs() {
        ActivitySql sql = ActivitySql.summary(new Scope(Scope.Kind.EVERYONE, ADMIN), YESTERDAY);

        assertThat(database.rows(sql.text(), sql.parameters())).hasSize(ActivitySql.RECENT);
    }

    private static PageRequest request(@Nullable Cursor cursor) {
        return new PageRequest(100, 0, cursor, PageRequest.CountMode.EXACT);
    }

    private static String page(ActivityFilter filter) {
        return checked(ActivitySql.page(USER, filter));
    }

    private static String summary(Scope.Kind kind) {
        return checked(ActivitySql.summary(new Scope(kind, ADMIN), YESTERDAY));
    }

    /** The plan; none walks through a month that has rows. */
    private static String checked(ActivitySql sql) {
        String plan = database.plan(sql.text(), sql.parameters());
        assertThat(plan).doesNotContain("Seq Scan on user_activities_2025");
        return plan;
    }
}
