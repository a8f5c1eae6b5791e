package io.usher.privacy;

import static io.usher.privacy.TableRule.cleared;
import static io.usher.privacy.TableRule.deleted;
import static io.usher.privacy.TableRule.kept;
import static io.usher.privacy.TableRule.notPersonal;

import java.util.List;
import java.util.stream.Stream;

/**
 * Everything that the database holds, table by table and column by column: what of it is on a user, what an export shows of that, and what becomes
 * of it when the user is anonymised (decision 91). In the order in which it is erased: what is found through another row goes before that, and
 * the user itself comes last. A test walks the schema, and fails where a table or a column is missing here.
 */
final class PersonalData {
    static final List<TableRule> TABLES = Stream.of(access(), metering(), records(), audit(), statistics(), user())
            .flatMap(List::stream)
            .toList();

    private static final String OWN = "t.user_id = $1";

    /** What was answered is an entry of the user's ledger. */
    private static final String ENTRY =
            "t.response::jsonb ->> 'id' in (select c.id::text from credit_transactions c where c.user_id = $1)";

    /** Such answers have whoever wrote into the ledger: nobody else's are looked at, of which there may be millions. */
    private static final String OWN_OR_ENTRY =
            "t.user_id = any(array(select c.actor_id from credit_transactions c where c.user_id = $1) || $1) and ("
                    + OWN + " or " + ENTRY + ")";

    private PersonalData() {}

    /** Sessions, tokens, keys, rights, and mails that are owed. */
    private static List<TableRule> access() {
        return List.of(
                deleted(
                                "refresh_tokens",
                                "t.session_id in (select s.id from user_sessions s where s.user_id = $1)",
                                "t.created_at, t.session_id")
                        .secret("token_hash")
                        .shows("session_id", "created_at", "used_at"),
                deleted("user_sessions", OWN, "t.created_at, t.id")
                        .shows("id", "user_id", "created_at", "last_activity_at", "expires_at", "ended_at")
                        .shows("ip", "user_agent"),
                deleted("one_time_tokens", OWN, "t.created_at, t.purpose")
                        .secret("token_hash")
                        .shows("user_id", "purpose", "created_at", "expires_at", "used_at", "attempts"),
                deleted("api_keys", OWN, "t.created_at, t.id")
                        .secret("key_hash", "previous_hash")
                        .shows("id", "user_id", "name", "description", "key_prefix", "scopes", "active", "expires_at")
                        .shows("previous_expires_at", "last_used_at", "created_at", "updated_at"),
                deleted("mail_outbox", "t.email = (select u.email from users u where u.id = $1)", "t.created_at, t.id")
                        .shows("id", "kind", "email", "created_at", "attempts", "next_attempt_at", "last_error"),
                deleted("user_roles", OWN, "t.role_name").shows("user_id", "role_name"),
                // Whom it managed is over. Who managed it stays: the sums of their ledgers are made of their users.
                deleted("user_admins", "t.user_id = $1 or t.admin_id = $1", "t.created_at, t.admin_id, t.user_id")
                        .ofItself(OWN)
                        .erasedWhere("t.admin_id = $1")
                        .shows("admin_id", "user_id", "created_at", "user_created_at"),
                // That a V1 address was migrated: it leads to nobody, and outlives who was erased, so that no file
                // brings them back (decision 175).
                notPersonal("v1_traces", "trace"),
                notPersonal("v1_salt", "one", "salt"),
                notPersonal("roles", "name", "description", "created_at"));
    }

    /** What was used and what was paid goes on adding up, under the bare id. */
    private static List<TableRule> metering() {
        return List.of(
                // The answers to an admin that gave it credits repeat what the admin wrote into the ledger.
                deleted("idempotency_records", OWN, "t.created_at, t.key")
                        .ofItself(OWN + " and (t.response::jsonb ->> 'balanceAfter' is null or " + ENTRY + ")")
                        .erasedWhere(OWN_OR_ENTRY)
                        .secret("request_hash")
                        .shows("user_id", "key", "status", "location", "created_at", "expires_at")
                        .showsDocuments("response"),
                kept("user_quotas", OWN, "t.resource")
                        .shows(
                                "user_id",
                                "resource",
                                "type",
                                "quota_limit",
                                "used",
                                "window_start",
                                "round",
                                "updated_at"),
                // What is pending has failed: whoever ends it later would write into it again.
                cleared("generations", OWN, "t.created_at, t.id")
                        .shows(
                                "id",
                                "user_id",
                                "type",
                                "model",
                                "cost",
                                "window_start",
                                "window_round",
                                "refunded",
                                "created_at")
                        .clears("prompt", "media_url", "error", "ip_address")
                        .clearsDocuments("metadata")
                        .sets("status", "case t.status when 'pending' then 'failed' else t.status end")
                        .notes("completed_at", "case t.status when 'pending' then $2 else t.completed_at end"),
                cleared("credit_transactions", OWN, "t.seq")
                        .shows("id", "seq", "user_id", "amount", "balance_after", "actor_id", "created_at")
                        .sets("reason", "'[erased]'")
                        .clears("reference"));
    }

    /** What it did, set and stored. */
    private static List<TableRule> records() {
        return List.of(
                // Where somebody else made an activity for the user, the address is that one's.
                cleared("user_activities", "t.user_id = $1 or t.details ->> 'actorId' = $1::text", "t.created_at, t.id")
                        .ofItself(OWN + " and t.activity_type <> 'user_switch'")
                        .erasedWhere(OWN)
                        .others(
                                "t.user_id <> $1 and ((t.details ->> 'actorId' = $1::text and t.ip_address is not null) or"
                                        + " (t.activity_type = 'user_switch' and t.details is distinct from usher_blotted(t.details, n.names)))",
                                "details = usher_blotted(t.details, n.names),"
                                        + " ip_address = case when t.details ->> 'actorId' = $1::text then null else t.ip_address end")
                        .shows("id", "user_id", "activity_type", "created_at")
                        .clearsDocuments("details")
                        .clears("ip_address")
                        .shownAs(
                                "ip_address",
                                "case when coalesce(t.details ->> 'actorId', t.user_id::text) = $1::text then t.ip_address end"),
                deleted("prover_settings", OWN, "t.prover_id")
                        .derived("category")
                        .shows("user_id", "prover_id", "serial", "make", "preferred_fuel_type", "preferred_fuel_types")
                        .shows("priority", "full_text", "created_at", "updated_at"),
                // The counts of files and the lines of bad rows: never a value of the file. Of others whom it moved,
                // all the same.
                deleted("transfer_jobs", "t.owner_id = $1", "t.created_at, t.id")
                        .ofItself("false")
                        .shows("id", "owner_id", "kind", "state", "processed", "total", "created_at", "started_at")
                        .shows("finished_at", "heartbeat_at", "failure_code", "failure_detail")
                        .showsDocuments("report"),
                deleted("user_preferences", OWN, "t.category")
                        .shows("id", "user_id", "category", "created_at", "updated_at")
                        .showsDocuments("settings"),
                deleted("dispenser_records", OWN, "t.created_at, t.id")
                        .derived("size")
                        .shows("id", "user_id", "work_order_id", "visit_id", "created_at", "updated_at")
                        .showsDocuments("dispenser_data", "metadata"),
                deleted("scraped_contents", OWN, "t.created_at, t.id")
                        .derived("size")
                        .shows("id", "user_id", "content_type", "source_url", "checksum", "created_at")
                        .showsDocuments("content"),
                deleted("active_users", "t.owner_id = $1 or t.user_id = $1", "t.created_at, t.owner_id")
                        .ofItself(OWN)
                        .shows("owner_id", "user_id", "created_at", "updated_at"));
    }

    /** Events say what was done under bare ids, and cannot be changed; from where is beside them. */
    private static List<TableRule> audit() {
        return List.of(
                kept("audit_events", "t.actor_id = $1 or t.target_id = $1", "t.created_at, t.id")
                        .ofItself("t.target_id = $1")
                        .shows(
                                "id",
                                "created_at",
                                "action",
                                "actor_type",
                                "actor_id",
                                "actor_key_id",
                                "target_id",
                                "subject")
                        .shows("request_id", "origin_id")
                        .showsDocuments("changes"),
                cleared("audit_origins", "t.actor_id = $1", "t.created_at, t.id")
                        .shows("id", "created_at", "actor_id")
                        .clears("ip_address", "user_agent"),
                notPersonal("audit_chain", "seq", "created_at", "event_id", "event_created_at", "previous", "hash"),
                notPersonal("audit_head", "one", "seq", "hash", "sealed_at"),
                notPersonal("audit_anchors", "id", "created_at", "dropped", "seq", "hash"),
                notPersonal("audit_unsealed", "event_id", "created_at"));
    }

    /** Sums over many: of everybody, and of the users of each admin, which go with the admin. */
    private static List<TableRule> statistics() {
        return List.of(
                notPersonal("user_totals", "day", "user_type", "status", "lead_status", "users", "credits"),
                notPersonal(
                        "user_total_changes", "id", "day", "user_type", "status", "lead_status", "users", "credits"),
                notPersonal(
                        "admin_totals", "admin_id", "day", "user_type", "status", "lead_status", "users", "credits"),
                notPersonal(
                        "admin_total_changes",
                        "id",
                        "admin_id",
                        "day",
                        "user_type",
                        "status",
                        "lead_status",
                        "users",
                        "credits"));
    }

    /** The user itself: what it was, not who. */
    private static List<TableRule> user() {
        return List.of(cleared("users", "t.id = $1", "t.id")
                .shows("id", "user_type", "credits", "created_at")
                .derived("v1_id", "search_text")
                .secret("password_hash")
                .sets(
                        "email",
                        "case when t.anonymized_at is null then 'anon_' || t.id || '_' || floor(extract(epoch from $2))"
                                + " || '@anon.invalid' else t.email end")
                .clears(
                        "username",
                        "requested_username",
                        "name",
                        "friendly_name",
                        "notification_email",
                        "phone",
                        "address")
                .clears(
                        "city",
                        "state",
                        "zip_code",
                        "country",
                        "business_site",
                        "business_type",
                        "lead_status",
                        "notes")
                .clears("password_changed_at", "last_login_at", "last_used_at")
                .sets("additional_websites", "'{}'::text[]")
                .sets("super_admin", "false")
                .sets("email_verified", "false")
                .sets("status", "'inactive'")
                .sets("deleted_at", "coalesce(t.deleted_at, $2)")
                .sets("anonymized_at", "coalesce(t.anonymized_at, $2)")
                .notes("updated_at", "$2")
                .notes("version", "t.version + 1"));
    }
}
