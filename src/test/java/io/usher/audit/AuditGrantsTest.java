package io.usher.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the service's role may not do to the log, also where it owns the tables; and what months that come and go leave of the chain. */
class AuditGrantsTest {
    private static final String MAKE = "select usher_make_month_partition('%s', date '%s', date '%s')";

    private ChainDatabase database;

    @BeforeEach
    void create() {
        database = ChainDatabase.create("usher_audit_grants");
        database.event("in the default partition", "2031-05-05T00:00:00Z");
        database.event("in a month", "2031-06-05T00:00:00Z");
        database.seal();
        makeMonth("2031-06-01", "2031-06-01");
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void theServiceCanOnlyAdd() {
        for (String table : List.of(
                "audit_events",
                "audit_events_default",
                "audit_events_2031_06",
                "audit_chain",
                "audit_chain_default",
                "audit_chain_2031_06",
                "audit_anchors")) {
            for (String change : List.of("delete from " + table, "truncate " + table)) {
                assertThatThrownBy(() -> database.asService(change))
                        .as(change)
                        .hasStackTraceContaining("permission denied");
            }
            assertThatThrownBy(() -> database.asService("update " + table + " set created_at = now()"))
                    .as(table)
                    .hasStackTraceContaining("permission denied");
        }
        assertThatThrownBy(() -> database.asService("delete from audit_head"))
                .hasStackTraceContaining("permission denied");
        assertThat(database.verify().valid()).isTrue();
    }

    @Test
    void aSuperusersSlipIsRefusedToo() {
        for (String slip : List.of(
                "delete from audit_events",
                "update audit_events set subject = 'other'",
                "delete from audit_events_default",
                "delete from audit_events_2031_06",
                "update audit_chain set seq = seq + 1",
                "delete from audit_anchors",
                "truncate audit_events",
                "truncate audit_events_default",
                "truncate audit_events_2031_06",
                "truncate audit_chain")) {
            assertThatThrownBy(() -> database.asSuperuser(slip)).as(slip).hasStackTraceContaining("only grows");
        }
        assertThat(database.verify().valid()).isTrue();
    }

    @Test
    void aMonthThatIsMadeLateTakesItsEventsAndChangesNone() {
        ChainDatabase.Verified before = database.verify();

        makeMonth("2031-05-01", "2031-05-01");

        assertThat(database.text("select count(*) from audit_events_default")).isEqualTo("0");
        assertThat(database.text("select count(*) from audit_events_2031_05")).isEqualTo("1");
        assertThat(database.verify()).isEqualTo(before);
        assertThatThrownBy(() -> database.asService("delete from audit_events_default"))
                .hasStackTraceContaining("permission denied");
    }

    @Test
    void fromWhereCanBeForgottenAndTheChainStaysValid() {
        database.asService("insert into audit_origins (id, created_at, actor_id, ip_address) values"
                + " (uuidv7(), now(), uuidv7(), '10.0.0.1')");

        database.asService("update audit_origins set ip_address = null, user_agent = null");

        assertThat(database.verify().valid()).isTrue();
    }

    @Test
    void droppedMonthsTakeTheBeginningOfTheChainAndTheRestStaysValid() {
        threeOldMonths();
        assertThat(database.verify().valid()).isTrue();

        String dropped = database.text("select usher_drop_audit_months(current_date, 12)");

        assertThat(dropped).contains("audit_events_2020_01", "audit_chain_2020_01", "audit_events_2020_02");
        assertThat(dropped).doesNotContain("2031");
        assertThat(database.verify().valid()).isTrue();
        assertThat(database.verify().events()).isEqualTo(3);
        assertThat(database.text("select count(*) from audit_anchors")).isEqualTo("2");
        assertThat(database.text("select usher_drop_audit_months(current_date, 12)"))
                .isEqualTo("{}");
        assertThat(database.text("select count(*) from audit_anchors")).isEqualTo("2");
        database.event("after it");
        database.seal();
        assertThat(database.verify().valid()).isTrue();
    }

    @Test
    void afterThatALostBeginningIsStillFound() {
        threeOldMonths();
        database.text("select usher_drop_audit_months(current_date, 12)");

        database.behindTheBack("delete from audit_chain where seq = (select min(seq) from audit_chain)");

        assertThat(database.verify().valid()).isFalse();
    }

    /** A month of the log that is dropped by hand is no retention. */
    @Test
    void aMonthDroppedByHandIsFound() {
        database.asSuperuser("drop table audit_events_2031_06");

        assertThat(database.verify().valid()).isFalse();
    }

    @Test
    void aServiceThatOwnsNothingCanRecordSealAndHaveMonthsMade() throws SQLException {
        database.asSuperuser("do $$ begin create role usher_chain_service login password 'service';"
                + " exception when duplicate_object then null; end $$");
        database.asService(
                "grant select, insert, update, delete on all tables in schema public to usher_chain_service",
                "revoke update, delete on audit_events, audit_events_default, audit_chain, audit_chain_default, audit_anchors"
                        + " from usher_chain_service",
                "revoke insert on audit_anchors from usher_chain_service",
                "revoke insert, delete on audit_head from usher_chain_service",
                "grant execute on all functions in schema public to usher_chain_service");
        try (Connection service = database.connect("usher_chain_service", "service")) {
            service.createStatement()
                    .execute("insert into audit_events (id, created_at, action, actor_type, changes)"
                            + " values (uuidv7(), now(), 'role.create', 'system', '[]')");
            service.createStatement().execute("select usher_seal_audit(10)");
            service.createStatement().execute(MAKE.formatted("audit_events", "2031-07-01", "2031-06-01"));
            service.createStatement().execute("select usher_drop_audit_months(current_date, 12)");
            for (String change : List.of(
                    "delete from audit_events",
                    "delete from audit_events_2031_07",
                    "drop table audit_events_2031_06",
                    "grant delete on audit_events to usher_chain_service",
                    "alter table audit_events disable trigger all")) {
                assertThatThrownBy(() -> service.createStatement().execute(change))
                        .as(change)
                        .isInstanceOf(SQLException.class);
            }
        }
        assertThat(database.verify().valid()).isTrue();
        assertThat(database.verify().events()).isEqualTo(3);
    }

    private void makeMonth(String month, String today) {
        database.text(MAKE.formatted("audit_events", month, today));
        database.text(MAKE.formatted("audit_chain", month, today));
        database.text(MAKE.formatted("audit_origins", month, today));
    }

    /**
     * Events of three months long past, the last of the first one sealed after the first of the second, as at any month's border; their links
     * stand where they would if they had been sealed then.
     */
    private void threeOldMonths() {
        for (String month : List.of("2020-01-01", "2020-02-01", "2020-03-01")) {
            makeMonth(month, month);
        }
        database.behindTheBack("truncate audit_events, audit_chain, audit_unsealed");
        database.behindTheBack("update audit_head set seq = 0, hash = (select hash from audit_anchors)");
        database.event("first", "2020-01-15T00:00:00Z");
        database.event("of February", "2020-02-01T00:00:00.100Z");
        database.event("of January, committed late", "2020-01-31T23:59:59.900Z");
        database.seal();
        database.behindTheBack("update audit_chain set created_at = '2020-01-15T00:00:01Z' where seq = 1");
        database.behindTheBack("update audit_chain set created_at = '2020-02-01T00:00:01Z' where seq in (2, 3)");
        for (int i = 0; i < 3; i++) {
            database.event("of today");
        }
        database.seal();
    }
}
