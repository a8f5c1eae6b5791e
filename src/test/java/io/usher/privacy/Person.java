package io.usher.privacy;

import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.TestUser;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user with a row in every table, all of whose texts hold a mark that occurs nowhere else: where the mark is found, the person is.
 *
 * @param mark twelve letters and digits
 * @param other somebody else, whose activities have to do with the person
 */
public record Person(TestUser user, String mark, TestUser other) {
    public static Person create() {
        String mark = Given.unique();
        TestUser user = Given.customer()
                .email("e" + mark + "@example.com")
                .username("u" + mark)
                .named("Ann " + mark)
                .with("requested_username", "r" + mark)
                .with("friendly_name", "f" + mark)
                .with("notification_email", "n" + mark + "@example.com")
                .with("phone", "p" + mark)
                .with("address", "a" + mark)
                .with("city", "c" + mark)
                .with("state", "s" + mark)
                .with("zip_code", "z" + mark)
                .with("country", "l" + mark)
                .with("business_site", "b" + mark)
                .with("business_type", "t" + mark)
                .with("lead_status", "lead")
                .with("notes", "o" + mark)
                .with("credits", 70L)
                .create();
        Person person = new Person(user, mark, Given.customer().create());
        person.access();
        person.ledgers();
        person.records();
        person.rowsOfOthers();
        return person;
    }

    private void access() {
        UUID session = UUID.randomUUID();
        run("update users set additional_websites = array['https://" + mark
                + ".example'], last_login_at = now(), last_used_at = now()" + " where id = $user");
        run("insert into user_sessions (id, user_id, created_at, last_activity_at, expires_at, ip, user_agent)"
                + " values ('" + session + "', $user, now(), now(), now() + interval '1 day', 'i$mark', 'g$mark')");
        run("insert into refresh_tokens (token_hash, session_id, created_at) values (sha256('$mark'), '" + session
                + "', now())");
        run("insert into one_time_tokens (user_id, purpose, token_hash, created_at, expires_at)"
                + " values ($user, 'reset', sha256('x$mark'), now(), now() + interval '1 day')");
        run(
                "insert into api_keys (id, user_id, name, description, key_prefix, key_hash, previous_hash, scopes, created_at, updated_at)"
                        + " values (uuidv7(), $user, 'k$mark', 'd$mark', '$mark', rpad('$mark', 64, 'x'), rpad('$mark', 64, 'y'), array['s$mark'],"
                        + " now(), now())");
        run("insert into mail_outbox (kind, email, created_at, next_attempt_at, last_error)"
                + " values ('password_reset', 'e$mark@example.com', now(), now() + interval '9 years', 'to $mark')");
        run("insert into user_roles (user_id, role_name) values ($user, '" + Given.customRole() + "')");
        Given.link(Given.admin().create(), user);
    }

    private void ledgers() {
        UUID credit = UUID.randomUUID();
        run(
                "insert into user_quotas (user_id, resource, used, window_start, updated_at) values ($user, 'image', 3, now(), now())");
        for (String status : List.of("pending", "completed", "failed")) {
            run(
                    "insert into generations (id, user_id, type, prompt, metadata, cost, status, media_url, error, ip_address, window_start,"
                            + " window_round, created_at) values (uuidv7(), $user, 'image', 'q$mark', '{\"a\": [\"$mark\"]}', 2, '"
                            + status
                            + "', 'https://m.example/$mark', 'no $mark', 'h$mark', now(), 0, now())");
        }
        UUID actor = Given.superAdmin().create().id();
        run(
                "insert into credit_transactions (id, user_id, amount, balance_after, reason, reference, actor_id, created_at)"
                        + " values (uuidv7(), $user, 100, 100, 'for $mark', 'ref $mark', null, now()), ('" + credit
                        + "', $user, -30, 70, 'by $mark', 'ref $mark', '" + actor + "', now())");
        String record =
                "insert into idempotency_records (user_id, key, request_hash, status, location, response, created_at, expires_at)"
                        + " values (%s, 'key $mark', sha256('$mark'), 201, '/at/$mark', '{\"id\": \"%s\", \"reason\": \"by $mark\"}', now(),"
                        + " now() + interval '1 day')";
        run(record.formatted("$user", UUID.randomUUID()));
        run(record.formatted("'" + actor + "'", credit));
    }

    private void records() {
        run("insert into transfer_jobs (id, owner_id, kind, state, created_at, finished_at, heartbeat_at, report,"
                + " failure_code, failure_detail) values (uuidv7(), $user, 'import', 'failed', now(), now(), now(),"
                + " '{\"a\": \"$mark\"}', 'forbidden', 'f$mark')");
        run("insert into user_activities (id, user_id, activity_type, details, ip_address, created_at)"
                + " values (uuidv7(), $user, 'scrape', '{\"url\": \"$mark\"}', 'w$mark', now())");
        run("insert into user_preferences (id, user_id, category, settings, created_at, updated_at) values"
                + " (uuidv7(), $user, 'pushover', '{\"appToken\": \"secret-app-$mark\", \"userKey\": \"secret-key-$mark\", \"preferences\":"
                + " {\"x\": \"$mark\"}, \"enabled\": true}', now(), now()),"
                + " (uuidv7(), $user, 'prover', '{\"lastUpdated\": \"$mark\"}', now(), now())");
        run(
                "insert into prover_settings (user_id, prover_id, serial, make, preferred_fuel_type, preferred_fuel_types, full_text, created_at,"
                        + " updated_at) values ($user, 'v$mark', 'a$mark', 'b$mark', 'c$mark', array['d$mark'], 'e$mark', now(), now())");
        run(
                "insert into dispenser_records (id, user_id, work_order_id, visit_id, dispenser_data, metadata, created_at, updated_at)"
                        + " values (uuidv7(), $user, 'w$mark', 'v$mark', '{\"n\": 1.50, \"a\": \"$mark\"}', '{\"b\": \"$mark\"}', now(), now())");
        run(
                "insert into scraped_contents (id, user_id, content_type, source_url, content, checksum, created_at)"
                        + " values (uuidv7(), $user, 't$mark', 'https://s.example/$mark', '{\"a\": \"$mark\"}', 'c$mark', now())");
        TestUser admin = Given.adminOf(user);
        run("insert into active_users (owner_id, user_id, created_at, updated_at) values ('" + admin.id()
                + "', $user, now(), now())");
        run(
                "insert into audit_origins (id, created_at, actor_id, ip_address, user_agent) values (uuidv7(), now(), $user, 'i$mark', 'g$mark')");
    }

    /** What the person did to another user, from its address; and who worked as the person, as V1 wrote it. */
    private void rowsOfOthers() {
        run("insert into user_activities (id, user_id, activity_type, details, ip_address, created_at) values"
                + " (uuidv7(), $other, 'settings_change', '{\"kind\": \"profile\", \"actorId\": \"" + user.id()
                + "\"}', 'y$mark', now()),"
                + " (uuidv7(), $other, 'user_switch', jsonb_build_object('to', 'E$mark@example.com', 'path', jsonb_build_array('u$mark', 7,"
                + " (select v1_id from users where id = $user)), 'note', 'kept'), '10.0.0.1', now())");
    }

    private void run(String sql) {
        Database.execute(sql.replace("$user", "'" + user.id() + "'")
                .replace("$other", "'" + other.id() + "'")
                .replace("$mark", mark));
    }

    /** How many rows of each table hold the mark in any column; tables without one are left out. */
    Map<String, Long> traces() {
        Map<String, Long> traces = new TreeMap<>();
        for (TableRule rule : PersonalData.TABLES) {
            long rows = Database.number(
                    "select count(*) from " + rule.table() + " t where t::text ilike '%' || ? || '%'", mark);
            if (rows > 0) {
                traces.put(rule.table(), rows);
            }
        }
        return traces;
    }

    /** Whether a column holds the mark in any row. */
    boolean isMarked(String table, String column) {
        return Database.number(
                        "select count(*) from " + table + " t where t." + column + "::text like '%' || ? || '%'", mark)
                > 0;
    }

    @Nullable
    String column(String expression) {
        return Database.text("select (" + expression + ")::text from users where id = ?", user.id());
    }
}
