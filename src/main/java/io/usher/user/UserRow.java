package io.usher.user;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a view needs of {@code users u}, and how it is read from a row. */
final class UserRow {
    /** Parameter $1 is the present time, against which sessions are live; $2 is who asks, whose active user it may be. */
    static final String COLUMNS = """
            u.id, u.v1_id, u.email, u.username, u.name, u.friendly_name, u.notification_email, u.user_type, u.super_admin, u.status, \
            u.email_verified, u.phone, u.address, u.city, u.state, u.zip_code, u.country, u.business_site, u.additional_websites, \
            u.business_type, u.credits, u.created_at, u.updated_at, u.last_login_at, u.last_used_at, u.deleted_at, u.version, \
            u.lead_status, u.notes, u.password_hash is not null as password_set, \
            array(select ur.role_name from user_roles ur where ur.user_id = u.id) as custom_roles, \
            exists (select 1 from user_sessions s where s.user_id = u.id and s.ended_at is null and s.expires_at > $1) as authenticated, \
            u.deleted_at is null and exists (select 1 from active_users au where au.owner_id = $2 and au.user_id = u.id) as active_user""";

    private UserRow() {}

    static AdminUserView read(Row row) {
        return new AdminUserView(
                user(row),
                leadStatus(row.getString("lead_status")),
                row.getString("notes"),
                row.getBoolean("password_set"),
                row.getBoolean("authenticated"),
                row.getBoolean("active_user"));
    }

    private static UserView user(Row row) {
        String email = row.getString("email");
        String username = row.getString("username");
        String name = row.getString("name");
        String friendlyName = row.getString("friendly_name");
        UserType type = userType(row.getString("user_type"));
        boolean superAdmin = row.getBoolean("super_admin");
        return new UserView(
                row.getUUID("id"),
                row.getString("v1_id"),
                email,
                username,
                name,
                friendlyName,
                UserView.displayName(name, friendlyName, username, email),
                row.getString("notification_email"),
                type,
                superAdmin,
                Roles.of(type, superAdmin, texts(row, "custom_roles")),
                status(row.getString("status")),
                row.getBoolean("email_verified"),
                row.getString("phone"),
                row.getString("address"),
                row.getString("city"),
                row.getString("state"),
                row.getString("zip_code"),
                row.getString("country"),
                row.getString("business_site"),
                texts(row, "additional_websites"),
                row.getString("business_type"),
                row.getLong("credits"),
                time(row.getOffsetDateTime("created_at")),
                time(row.getOffsetDateTime("updated_at")),
                timeOrNull(row.getOffsetDateTime("last_login_at")),
                timeOrNull(row.getOffsetDateTime("last_used_at")),
                timeOrNull(row.getOffsetDateTime("deleted_at")),
                row.getLong("version"));
    }

    private static List<String> texts(Row row, String column) {
        return List.of(row.getArrayOfStrings(column));
    }

    private static UserType userType(String value) {
        return Stream.of(UserType.values())
                .filter(t -> t.value().equals(value))
                .findFirst()
                .orElseThrow();
    }

    private static UserStatus status(String value) {
        return Stream.of(UserStatus.values())
                .filter(s -> s.value().equals(value))
                .findFirst()
                .orElseThrow();
    }

    private static @Nullable LeadStatus leadStatus(@Nullable String value) {
        return value == null
                ? null
                : Stream.of(LeadStatus.values())
                        .filter(s -> s.value().equals(value))
                        .findFirst()
                        .orElseThrow();
    }

    private static Instant time(OffsetDateTime time) {
        return time.toInstant();
    }

    private static @Nullable Instant timeOrNull(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
