package io.usher.audit;

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

/** What PostgreSQL makes of the list at 100,000 events in a year: indexes, and only the months asked for. */
class AuditPlanTest {
    private static final UUID ADMIN = UUID.fromString("00000000-0000-7000-8000-00000000000a");
    private static final UUID USER = UUID.fromString("00000000-0000-7000-8000-000000000001");

    private static PlanDatabase database;

    @BeforeAll
    static void seed() {
        database = PlanDatabase.create(
                "usher_audit_plans",
                "insert into users (id, email, status) select cast('00000000-0000-7000-8000-' || lpad(to_hex(i), 12, '0') as uuid),"
                        + " 'u' || i || '@example.com', 'active' from generate_series(1, 1000) i",
                "insert into user_admins (admin_id, user_id) select '" + ADMIN
                        + "', id from users order by email limit 20 on conflict do nothing",
                "select usher_make_month_partition('audit_events', cast(m as date), date '2025-12-31')"
                        + " from generate_series(date '2025-01-01', date '2026-03-01', interval '1 month') m",
                "insert into audit_events (id, created_at, action, actor_type, actor_id, target_id, changes) select uuidv7(),"
                        + " timestamptz '2025-01-01 00:00+00' + i * interval '315 seconds',"
                        + " case when i % 1000 = 0 then 'user.purge' else 'user.update' end, 'user',"
                        + " cast('00000000-0000-7000-8000-' || lpad(to_hex(1 + i % 50), 12, '0') as uuid),"
                        + " cast('00000000-0000-7000-8000-' || lpad(to_hex(1 + i % 1000), 12, '0') as uuid), '[]'"
                        + " from generate_series(0, 99999) i");
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    @Test
    void theNewestAreReadInTheirOrder() {
        assertThat(plan(Scope.Kind.EVERYONE, filter(null, null, null, null, null)))
                .contains("Index Scan Backward using audit_events_2025_12_pkey");
    }

    @Test
    void whatWasDoneToAUserIsReadFromItsIndex() {
        assertThat(plan(Scope.Kind.EVERYONE, filter(null, USER, null, null, null)))
                .contains("audit_events_2025_06_target_id_created_at_id_idx");
    }

    @Test
    void whatAUserDidIsReadFromItsIndex() {
        assertThat(plan(Scope.Kind.EVERYONE, filter(USER, null, null, null, null)))
                .contains("audit_events_2025_06_actor_id_created_at_id_idx");
    }

    @Test
    void whatIsRareIsReadFromTheIndexOfActions() {
        assertThat(plan(Scope.Kind.EVERYONE, filter(null, null, AuditAction.USER_PURGE, null, null)))
                .contains("audit_events_2025_06_action_created_at_id_idx");
    }

    @Test
    void anAdminsListDoesNotWalkThroughTheLog() {
        assertThat(plan(Scope.Kind.MANAGED, filter(null, USER, null, null, null)))
                .contains("user_admins");
    }

    @Test
    void timesLeaveMonthsOut() {
        Instant since = Instant.parse("2025-04-10T00:00:00Z");
        Instant until = Instant.parse("2025-05-10T00:00:00Z");

        assertThat(plan(Scope.Kind.EVERYONE, filter(null, USER, null, since, until)))
                .contains("audit_events_2025_04", "audit_events_2025_05")
                .doesNotContain("audit_events_2025_03", "audit_events_2025_06");
    }

    private static AuditFilter filter(
            @Nullable UUID actor,
            @Nullable UUID target,
            @Nullable AuditAction action,
            @Nullable Instant since,
            @Nullable Instant until) {
        Cursor cursor = new Cursor(AuditFilter.ORDER, "2025-12-20T10:00:00Z", USER);
        return new AuditFilter(
                actor, target, action, since, until, new PageRequest(20, 0, cursor, PageRequest.CountMode.NONE));
    }

    /** The plan; none walks through a month that has rows. */
    private static String plan(Scope.Kind kind, AuditFilter filter) {
        AuditSql sql = AuditSql.page(new Scope(kind, ADMIN), filter);
        String plan = database.plan(sql.text(), sql.parameters());
        assertThat(plan).doesNotContain("Seq Scan on audit_events_2025");
        return plan;
    }
}
