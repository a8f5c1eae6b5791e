package io.usher.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.usher.testing.Parallel;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;

/** The chain: what is recorded is sealed, and what is done to it afterwards is found. */
class AuditChainTest {
    private ChainDatabase database;

    @BeforeEach
    void create() {
        database = ChainDatabase.create("usher_audit_chain");
    }

    @AfterEach
    void drop() {
        database.close();
    }

    @Test
    void whatWasRecordedIsValidSealedOrNot() {
        assertThat(database.verify().valid()).isTrue();
        String genesis = database.verify().head();
        List<UUID> events = seven();

        assertThat(database.verify().valid()).isTrue();
        database.seal();

        assertThat(database.verify().valid()).isTrue();
        assertThat(database.verify().events()).isEqualTo(events.size());
        assertThat(database.verify().firstBroken()).isNull();
        assertThat(database.verify().head()).hasSize(64).isNotEqualTo(genesis);
        assertThat(database.text("select count(*) from audit_unsealed")).isEqualTo("0");
        assertThat(database.text("select count(*) from audit_chain")).isEqualTo("7");
    }

    /** As after an import: what the planner was told last is that there is nothing. */
    @Test
    void sealingReadsWhatItSealsHoweverMuchThePlannerKnowsNotOf() {
        database.asSuperuser("vacuum (analyze)");
        database.asService("insert into audit_events (id, created_at, action, actor_type, subject, changes)"
                + " select uuidv7(), now(), 'role.create', 'system', 'many', '[]' from generate_series(1, 3000)");

        assertThat(database.text("select usher_seal_audit(1000) || ' sealed, ' || (select sum(seq_tup_read) from"
                        + " pg_stat_xact_user_tables where relname ~ '^audit_(events|unsealed)') || ' read in vain'"))
                .isEqualTo("1000 sealed, 0 read in vain");
    }

    @Test
    void aChangedEventIsFound() {
        List<UUID> events = sealed();
        for (String change : List.of(
                "subject = 'other'",
                "subject = null",
                "action = 'role.delete'",
                "actor_id = uuidv7()",
                "actor_type = 'user'",
                "changes = '[1]'",
                "request_id = 'r'",
                "created_at = created_at + interval '1 ms'",
                "target_id = uuidv7()",
                "origin_id = uuidv7()",
                "actor_key_id = uuidv7()")) {
            database.behindTheBack(
                    "create table kept as select * from audit_events where id = '" + events.get(3) + "'");
            database.behindTheBack("update audit_events set " + change + " where id = '" + events.get(3) + "'");

            assertBroken(events.get(3), change);

            database.behindTheBack("delete from audit_events where id = '" + events.get(3) + "'");
            database.behindTheBack("insert into audit_events select * from kept");
            database.behindTheBack("drop table kept");
            assertThat(database.verify().valid())
                    .as("put back after %s", change)
                    .isTrue();
        }
    }

    @Test
    void aRemovedEventIsFound() {
        List<UUID> events = sealed();

        database.behindTheBack("delete from audit_events where id = '" + events.get(2) + "'");

        assertBroken(events.get(2), "removed");
    }

    @Test
    void aRemovedEventIsFoundBeforeItIsSealedToo() {
        UUID event = event();
        database.behindTheBack("delete from audit_events where id = '" + event + "'");

        assertBroken(event, "removed");
        database.seal();
        assertThat(database.verify().valid()).isTrue();
    }

    @Test
    void anEventRemovedWithItsLinkIsFoundByTheNextOne() {
        List<UUID> events = sealed();

        database.behindTheBack("delete from audit_events where id = '" + events.get(2) + "'");
        database.behindTheBack("delete from audit_chain where event_id = '" + events.get(2) + "'");

        assertBroken(events.get(3), "removed with its link");
    }

    @Test
    void aFirstEventRemovedWithItsLinkIsFoundByTheNextOne() {
        List<UUID> events = sealed();

        database.behindTheBack("delete from audit_events where id = '" + events.get(0) + "'");
        database.behindTheBack("delete from audit_chain where event_id = '" + events.get(0) + "'");

        assertBroken(events.get(1), "the beginning removed");
    }

    @Test
    void aLostEndIsFoundByTheHead() {
        List<UUID> events = sealed();

        database.behindTheBack("delete from audit_events where id = '" + events.get(6) + "'");
        database.behindTheBack("delete from audit_chain where event_id = '" + events.get(6) + "'");

        assertThat(database.verify().valid()).isFalse();
        assertThat(database.verify().firstBroken()).isNull();
    }

    @Test
    void anEventThatWasSlippedInIsFound() {
        sealed();
        UUID slipped = UUID.fromString(database.text("select uuidv7()"));

        database.behindTheBack(ChainDatabase.insert(slipped, "slipped", "now"));
        database.seal();

        assertBroken(slipped, "slipped in");
    }

    @Test
    void aLinkThatWasReckonedAnewIsFoundByTheNextOne() {
        List<UUID> events = sealed();
        database.behindTheBack("update audit_events set subject = 'other' where id = '" + events.get(3) + "'");
        database.behindTheBack("update audit_chain c set hash = sha256(c.previous || usher_audit_content(e))"
                + " from audit_events e where e.id = c.event_id and e.id = '" + events.get(3) + "'");

        assertBroken(events.get(4), "reckoned anew");
    }

    @Test
    void whatIsCommittedLateIsSealedLate() throws SQLException {
        UUID late = UUID.fromString(database.text("select uuidv7()"));
        try (Connection slow = database.connect()) {
            slow.setAutoCommit(false);
            slow.createStatement().execute(ChainDatabase.insert(late, "late", "now"));
            UUID early = event();
            database.seal();
            assertThat(database.text("select event_id from audit_chain")).isEqualTo(early.toString());
            slow.commit();
        }
        assertThat(database.verify().valid()).isTrue();
        database.seal();

        assertThat(database.text("select event_id from audit_chain order by seq desc limit 1"))
                .isEqualTo(late.toString());
        assertThat(database.verify().valid()).isTrue();
        assertThat(database.verify().events()).isEqualTo(2);
    }

    @Test
    void twoHundredWritersAndTwoSealersMakeOneChain() {
        Parallel.times(202, 10, i -> {
            if (i % 101 == 0) {
                for (int round = 0; round < 30; round++) {
                    database.seal();
                }
            } else {
                database.event("writer-" + i);
            }
            return i;
        });
        database.seal();

        assertThat(database.verify()).matches(ChainDatabase.Verified::valid);
        assertThat(database.verify().events()).isEqualTo(200);
        assertThat(database.text(
                        "select count(*) = 200 and max(seq) = 200 and count(distinct event_id) = 200 from audit_chain"))
                .isEqualTo("t");
    }

    @Test
    void whatIsRestoredInAnotherDatabaseIsAsValid() throws SQLException, IOException {
        sealed();
        event();
        try (ChainDatabase other = ChainDatabase.create("usher_audit_restored")) {
            other.behindTheBack("delete from audit_head");
            other.behindTheBack("delete from audit_anchors");
            for (String table :
                    List.of("audit_head", "audit_anchors", "audit_events", "audit_chain", "audit_unsealed")) {
                copy(database, other, table);
            }

            assertThat(other.verify()).isEqualTo(database.verify());
            other.seal();
            assertThat(other.verify().valid()).isTrue();
        }
    }

    private static void copy(ChainDatabase from, ChainDatabase to, String table) throws SQLException, IOException {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        try (Connection source = from.connect();
                Connection target = DriverManager.getConnection(to.url(), "postgres", "postgres")) {
            source.unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyOut("copy (select * from " + table + ") to stdout", rows);
            target.createStatement().execute("set session_replication_role = replica");
            target.unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy " + table + " from stdin", new ByteArrayInputStream(rows.toByteArray()));
        }
    }

    private void assertBroken(UUID first, String what) {
        assertThat(database.verify().valid()).as(what).isFalse();
        assertThat(database.verify().firstBroken()).as(what).isEqualTo(first.toString());
    }

    private UUID event() {
        return database.event("one");
    }

    private List<UUID> seven() {
        return java.util.stream.IntStream.range(0, 7)
                .mapToObj(i -> database.event("event-" + i))
                .toList();
    }

    private List<UUID> sealed() {
        List<UUID> events = seven();
        database.seal();
        return events;
    }
}
