package io.usher.user;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads accounts in one round trip, as a login must not wait for more than that before it hashes. */
@ApplicationScoped
class AccountReader {
    private static final String SELECT = """
            select u.id, u.email, u.username, coalesce(u.name, u.friendly_name, u.username, u.email) as display_name,
                u.user_type, u.super_admin, u.status, u.email_verified, u.deleted_at is not null as deleted, u.password_hash,
                u.password_hash is not null or u.password_changed_at is not null as had_password,
                array(select role_name from user_roles where user_id = u.id order by role_name) as custom_roles
            from users u
            """;

    private static final String BY_EMAIL = SELECT + "where u.email = $1";
    private static final String BY_USERNAME = SELECT + "where lower(u.username) = lower($1)";

    private final Pool pool;

    AccountReader(Pool pool) {
        this.pool = pool;
    }

    Uni<@Nullable Account> byEmail(String email) {
        return read(BY_EMAIL, Tuple.of(email));
    }

    Uni<@Nullable Account> byUsername(String username) {
        return read(BY_USERNAME, Tuple.of(username));
    }

    private Uni<@Nullable Account> read(String sql, Tuple parameters) {
        return pool.preparedQuery(sql).execute(parameters).map(AccountReader::first);
    }

    private static @Nullable Account first(RowSet<Row> rows) {
        RowIterator<Row> found = rows.iterator();
        return found.hasNext() ? account(found.next()) : null;
    }

    private static Account account(Row row) {
        return new Account(
                row.getUUID("id"),
                row.getString("email"),
                row.getString("username"),
                row.getString("display_name"),
                Roles.of(
                        type(row.getString("user_type")),
                        row.getBoolean("super_admin"),
                        List.of(row.getArrayOfStrings("custom_roles"))),
                status(row.getString("status")),
                row.getBoolean("email_verified"),
                row.getBoolean("deleted"),
                row.getString("password_hash"),
                row.getBoolean("had_password"));
    }

    static Account account(User user, List<String> roles) {
        return new Account(
                user.id,
                user.email,
                user.username,
                user.displayName(),
                roles,
                user.status,
                user.emailVerified,
                user.deletedAt != null,
                user.passwordHash,
                user.passwordHash != null || user.passwordChangedAt != null);
    }

    private static UserStatus status(String column) {
        return Arrays.stream(UserStatus.values())
                .filter(status -> status.value().equals(column))
                .findFirst()
                .orElseThrow();
    }

    private static UserType type(String column) {
        return column.equals(UserType.ADMIN.value()) ? UserType.ADMIN : UserType.CUSTOMER;
    }
}
