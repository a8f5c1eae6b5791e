package io.usher.user;

import io.usher.persistence.RowReader;
import io.vertx.mutiny.sqlclient.Row;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What a view needs of {@code users u}, and how it is read from a row. */
final class UserRow {
    static final Map<String, UserType> TYPES = RowReader.byValue(UserType.values(), UserType::value);
    static final Map<String, UserStatus> STATUSES = RowReader.byValue(UserStatus.values(), UserStatus::value);
    static final Map<String, LeadStatus> LEAD_STATUSES = RowReader.byValue(LeadStatus.values(), LeadStatus::value);

    /**
     * In the order in which they are read. Parameter $1 is the present time, against which sessions are live; $2 is who asks, whose active user it
     * may be.
     */
    static final String COLUMNS = """
            u.id, u.v1_id, u.email, u.username, u.name, u.friendly_name, u.notification_email, u.user_type, u.super_admin, \
            array(select ur.role_name from user_roles ur where ur.user_id = u.id) as custom_roles, u.status, \
            u.email_verified, u.phone, u.address, u.city, u.state, u.zip_code, u.country, u.business_site, u.additional_websites, \
            u.business_type, u.credits, u.created_at, u.updated_at, u.last_login_at, u.last_used_at, u.deleted_at, u.version, \
            u.lead_status, u.notes, u.password_hash is not null as password_set, \
            exists (select 1 from user_sessions s where s.user_id = u.id and s.ended_at is null and s.expires_at > $1) as authenticated, \
            u.deleted_at is null and exists (select 1 from active_users au where au.owner_id = $2 and au.user_id = u.id) as active_user""";

    private UserRow() {}

    /** @param first where {@link #COLUMNS} begin, from 0 */
    static AdminUserView read(Row row, int first) {
        RowReader columns = new RowReader(row, first);
        return new AdminUserView(
                user(columns),
                columns.constantOrNull(LEAD_STATUSES),
                columns.textOrNull(),
                columns.truth(),
                columns.truth(),
                columns.truth());
    }

    private static UserView user(RowReader columns) {
        UUID id = columns.id();
        String v1Id = columns.text();
        String email = columns.text();
        @Nullable String username = columns.textOrNull();
        @Nullable String name = columns.textOrNull();
        @Nullable String friendlyName = columns.textOrNull();
        @Nullable String notificationEmail = columns.textOrNull();
        UserType type = columns.constant(TYPES);
        boolean superAdmin = columns.truth();
        return new UserView(
                id,
                v1Id,
                email,
                username,
                name,
                friendlyName,
                UserView.displayName(name, friendlyName, username, email),
                notificationEmail,
                type,
                superAdmin,
                Roles.of(type, superAdmin, columns.texts()),
                columns.constant(STATUSES),
                columns.truth(),
                columns.textOrNull(),
                columns.textOrNull(),
                columns.textOrNull(),
                columns.textOrNull(),
                columns.textOrNull(),
                columns.textOrNull(),
                columns.textOrNull(),
                columns.texts(),
                columns.textOrNull(),
                columns.number(),
                columns.time(),
                columns.time(),
                columns.timeOrNull(),
                columns.timeOrNull(),
                columns.timeOrNull(),
                columns.number());
    }
}
