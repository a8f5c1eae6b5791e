package io.usher.user;

import io.usher.persistence.Binder;
import io.usher.user.UserImportService.Commit;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The statements that take users over, each for a whole batch: an array for each column, in the order of {@link #COLUMNS}. */
final class ImportSql {
    /** In the mask of a row: its file has roles, which are rows of another table. */
    private static final long ROLES_BIT = 1L << 62;

    /** In the mask of a row: its file says that the user is deleted, but not since when. */
    private static final long DELETED_BIT = 1L << 61;

    /**
     * A column of {@code users} that files carry.
     *
     * @param field what has to be in the file for an update to touch it
     * @param cleared whether nothing in the file clears it; else it stays
     * @param start what a new user has where the file says nothing, as SQL; $1 is the present time
     */
    private record Column(
            String name,
            String type,
            String field,
            boolean cleared,
            String start,
            Function<ImportedUser, @Nullable Object> value) {

        static Column text(String name, String field, Function<FileUser, @Nullable Object> value) {
            return new Column(name, "text", field, true, "null", user -> value.apply(user.file()));
        }

        static Column required(
                String name, String type, String field, String start, Function<ImportedUser, @Nullable Object> value) {
            return new Column(name, type, field, false, start, value);
        }

        static Column time(String name, String field, Function<ImportedUser, @Nullable Object> value) {
            return new Column(name, "timestamptz", field, true, "null", value);
        }

        /** What an update makes of it; bit {@code n} of the mask says that the file has it. */
        String merged(int n) {
            String value = cleared ? "m." + name : "coalesce(m." + name + ", u." + name + ")";
            String since = name.equals("deleted_at")
                    ? "when m.mask & " + DELETED_BIT + " <> 0 then coalesce(u.deleted_at, m.deleted_at) "
                    : "";
            return name + " = case " + since + "when m.mask & " + (1L << n) + " <> 0 then " + value + " else u." + name
                    + " end";
        }
    }

    private static final List<Column> COLUMNS = List.of(
            Column.text("username", "username", FileUser::username),
            Column.text("name", "name", FileUser::name),
            Column.text("friendly_name", "friendlyName", FileUser::friendlyName),
            Column.text("notification_email", "notificationEmail", FileUser::notificationEmail),
            Column.text("phone", "phone", FileUser::phone),
            Column.text("address", "address", FileUser::address),
            Column.text("city", "city", FileUser::city),
            Column.text("state", "state", FileUser::state),
            Column.text("zip_code", "zipCode", FileUser::zipCode),
            Column.text("country", "country", FileUser::country),
            Column.text("business_site", "businessSite", FileUser::businessSite),
            Column.text("business_type", "businessType", FileUser::businessType),
            Column.text("lead_status", "leadStatus", ImportSql::leadStatus),
            Column.text("notes", "notes", FileUser::notes),
            Column.required("additional_websites", "text", "additionalWebsites", "'{}'", ImportSql::websites),
            Column.required("user_type", "text", "userType", "'customer'", ImportSql::userType),
            Column.required("super_admin", "boolean", "superAdmin", "false", user -> user.file()
                    .superAdmin()),
            Column.required("status", "text", "status", startStatus(), ImportSql::status),
            Column.required("email_verified", "boolean", "emailVerified", "false", user -> user.file()
                    .emailVerified()),
            Column.required("password_hash", "text", "passwordHash", "null", ImportedUser::passwordHash),
            Column.required("created_at", "timestamptz", "createdAt", "$1", user -> user.file()
                    .createdAt()),
            Column.required("updated_at", "timestamptz", "updatedAt", "$1", user -> user.file()
                    .updatedAt()),
            Column.time("last_login_at", "lastLoginAt", user -> user.file().lastLoginAt()),
            Column.time("last_used_at", "lastUsedAt", user -> user.file().lastUsedAt()),
            Column.time("deleted_at", "deletedAt", ImportedUser::deletedAt));

    private static final String INSERT = "with m as (select " + selected() + " from " + rows(3) + "), created as ("
            + "insert into users (id, email, credits, password_changed_at, " + names()
            + ") select m.id, m.email, {credits},"
            + " case when m.password_hash is not null then $1::timestamptz end, " + starts()
            + " from m on conflict{target} do nothing returning id, email), linked as ("
            + "insert into user_admins (admin_id, user_id, created_at)"
            + " select $2::uuid, c.id, $1::timestamptz from created c where $2::uuid is not null on conflict do nothing)";

    /** Of somebody who was here before and comes back by its id: what its ledger comes to, which outlives users. */
    private static final String CREDITS =
            "coalesce((select sum(t.amount) from credit_transactions t where t.user_id = m.id), 0)";

    private static final String LATER = " cross join (select set_config('synchronous_commit', 'off', true)) later";

    /** Ends when everything is on disk that was committed before it. */
    static final String FLUSH = "select pg_logical_emit_message(false, 'usher.import', '', true)";

    /**
     * $1 now, $2 the admin that manages those who are created, or null; then the rows.
     *
     * @param byEmail whether only the email can be somebody's already, in which case no id is of the file
     * @param more parts of the {@code with} list, which can name {@code created}: the ids and emails of those who are
     */
    static String insert(String more, boolean byEmail, Commit commit) {
        return INSERT.replace("{target}", byEmail ? " (email)" : "").replace("{credits}", byEmail ? "0" : CREDITS)
                + ", " + more + " select c.id, c.email from created c" + (commit == Commit.LATER ? LATER : "");
    }

    /**
     * $1 now, $2 who asks; then the rows. Answers the users that were written, with the names of the parts of their profile that changed, and whether a
     * new password, another status, something that ends sessions (decision 5), and something that voids one-time tokens did. Neither super admins nor those who are
     * anonymised are touched.
     *
     * @param admins whether admins may be changed
     * @param roles whether custom roles may be; else nobody is touched who has some, where the file has a word on roles
     */
    static String update(String scope, boolean admins, boolean roles) {
        return "update users u set version = u.version + 1, updated_at = coalesce(m.updated_at, $1::timestamptz), "
                + "password_changed_at = case when m.mask & " + bit("password_hash")
                + " <> 0 and m.password_hash is distinct from u.password_hash and m.password_hash is not null"
                + " then $1::timestamptz else u.password_changed_at end, "
                + IntStream.range(0, COLUMNS.size())
                        .filter(n -> !COLUMNS.get(n).name().equals("updated_at"))
                        .mapToObj(n -> COLUMNS.get(n).merged(n))
                        .collect(Collectors.joining(", "))
                + " from (select " + selected() + " from " + rows(3) + ") m where u.email = m.email and " + scope
                + " and not u.super_admin and u.anonymized_at is null" + (admins ? "" : " and u.user_type = 'customer'")
                + (roles
                        ? ""
                        : " and (m.mask & " + ROLES_BIT
                                + " = 0 or not exists (select from user_roles r where r.user_id = u.id))")
                + " and (m.mask & " + bit("username") + " = 0 or m.username is null or not exists ("
                + "select 1 from users o where lower(o.username) = lower(m.username) and o.id <> u.id))"
                + " returning new.id, new.email, old.password_hash is distinct from new.password_hash as password, "
                + "old.status is distinct from new.status as status, "
                + differs("status", "user_type", "super_admin", "password_hash", "deleted_at") + " as ends_sessions, "
                + differs("user_type", "super_admin", "password_hash", "deleted_at") + " as voids_tokens, "
                + COLUMNS.stream()
                        .filter(column -> FieldRights.PROFILE_AND_ADDRESS.contains(column.field()))
                        .map(column -> "case when " + differs(column.name()) + " then '" + column.field() + "' end")
                        .collect(Collectors.joining(", ", "array_remove(array[", "], null)"))
                + " as profile";
    }

    /** Of a time of deletion, only whether there is one. */
    private static String differs(String... columns) {
        Function<String, String> values = row -> Stream.of(columns)
                .map(column -> row + column + (column.equals("deleted_at") ? " is null" : ""))
                .collect(Collectors.joining(", ", "row(", ")"));
        return values.apply("old.") + " is distinct from " + values.apply("new.");
    }

    /** Why a row was not written. $1 emails, $2 usernames, $3 ids; $4 who asks. */
    static String conflicts(String scope) {
        return "select e.n, u.id is not null as email_taken, coalesce(" + scope
                + ", false) as in_scope, coalesce(u.super_admin, false) as super_admin,"
                + " coalesce(u.user_type = 'admin', false) as admin, u.anonymized_at is not null as anonymized,"
                + " exists (select from user_roles r where r.user_id = u.id) as has_roles,"
                + " exists (select 1 from users o where lower(o.username) = lower(e.username) and o.email <> e.email) as username_taken,"
                + " exists (select 1 from users o where o.id = e.id) as id_taken"
                + " from unnest($1::text[], $2::text[], $3::uuid[]) with ordinality as e (email, username, id, n)"
                + " left join users u on u.email = e.email order by e.n";
    }

    static final String FIND = "select id from users where email = any($1::text[])";

    static final String ROLES = "select name from roles";

    private ImportSql() {}

    /** The parameters of {@link #insert} and {@link #update}. */
    static Binder parameters(Instant now, @Nullable UUID second, List<ImportedUser> users) {
        Binder binder = new Binder();
        binder.bind(now.atOffset(ZoneOffset.UTC));
        binder.bind(second);
        binder.bind(orNone(users.stream().map(ImportedUser::id).toArray(UUID[]::new)));
        binder.bind(users.stream().map(ImportedUser::email).toArray(String[]::new));
        binder.bind(users.stream().map(user -> mask(user.file())).toArray(Long[]::new));
        COLUMNS.forEach(column -> binder.bind(array(column, users)));
        return binder;
    }

    private static Object array(Column column, List<ImportedUser> users) {
        return orNone(values(column, users));
    }

    /** An array of nulls is sent as an empty one: {@code unnest} fills up with nulls. */
    private static <T> T[] orNone(T[] values) {
        return Stream.of(values).allMatch(Objects::isNull) ? Arrays.copyOf(values, 0) : values;
    }

    private static Object[] values(Column column, List<ImportedUser> users) {
        return switch (column.type()) {
            case "boolean" -> users.stream().map(column.value()).toArray(Boolean[]::new);
            case "timestamptz" ->
                users.stream().map(column.value()).map(ImportSql::time).toArray(OffsetDateTime[]::new);
            default -> users.stream().map(column.value()).toArray(String[]::new);
        };
    }

    private static @Nullable OffsetDateTime time(@Nullable Object value) {
        return value instanceof Instant time ? time.atOffset(ZoneOffset.UTC) : null;
    }

    private static long mask(FileUser file) {
        long mask = 0;
        for (int n = 0; n < COLUMNS.size(); n++) {
            mask |= file.has(COLUMNS.get(n).field()) ? 1L << n : 0;
        }
        mask |= file.has("roles") ? ROLES_BIT : 0;
        mask |= file.deletedAt() == null && Boolean.TRUE.equals(file.isDeleted()) ? DELETED_BIT : 0;
        mask |= file.has("isActive") && file.isActive() != null ? bit("status") : 0;
        return mask | (file.has("isDeleted") && file.isDeleted() != null ? bit("deleted_at") : 0);
    }

    private static long bit(String name) {
        return IntStream.range(0, COLUMNS.size())
                .filter(n -> COLUMNS.get(n).name().equals(name))
                .mapToLong(n -> 1L << n)
                .sum();
    }

    private static String rows(int first) {
        List<String> types = new ArrayList<>(List.of("uuid", "text", "bigint"));
        COLUMNS.forEach(column -> types.add(column.type()));
        String arrays = IntStream.range(0, types.size())
                .mapToObj(i -> "$" + (first + i) + "::" + types.get(i) + "[]")
                .collect(Collectors.joining(", "));
        return "unnest(" + arrays + ") as r (id, email, mask, " + names() + ")";
    }

    /** Lists come as the text of an array: an array of arrays would have to have them all of one length. */
    private static String selected() {
        return "r.id, r.email, r.mask, "
                + COLUMNS.stream()
                        .map(column -> column.name().equals("additional_websites")
                                ? "r.additional_websites::text[] as additional_websites"
                                : "r." + column.name())
                        .collect(Collectors.joining(", "));
    }

    private static String names() {
        return COLUMNS.stream().map(Column::name).collect(Collectors.joining(", "));
    }

    private static String starts() {
        return COLUMNS.stream()
                .map(column -> "coalesce(m." + column.name() + ", " + column.start() + ")")
                .collect(Collectors.joining(", "));
    }

    private static String startStatus() {
        return "case when m.password_hash is null then 'pending' else 'active' end";
    }

    private static @Nullable Object leadStatus(FileUser file) {
        return file.leadStatus() == null ? null : file.leadStatus().value();
    }

    private static @Nullable Object userType(ImportedUser user) {
        return user.file().userType() == null ? null : user.file().userType().value();
    }

    private static @Nullable Object status(ImportedUser user) {
        return user.status() == null ? null : user.status().value();
    }

    private static @Nullable Object websites(ImportedUser user) {
        List<String> websites = user.file().additionalWebsites();
        return websites == null && !user.file().has("additionalWebsites")
                ? null
                : (websites == null ? List.<String>of() : websites)
                        .stream()
                                .map(site -> '"' + site.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                                .collect(Collectors.joining(",", "{", "}"));
    }
}
