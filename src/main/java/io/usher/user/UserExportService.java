package io.usher.user;

import io.smallrye.mutiny.Multi;
import io.usher.persistence.Binder;
import io.usher.persistence.Snapshots;
import io.usher.persistence.StatementCacheLimits;
import io.usher.security.Caller;
import io.usher.security.Scope;
import io.usher.web.QueryReader;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads all users of a list, for files. */
@ApplicationScoped
public class UserExportService {
    private static final int BATCH = 500;

    private static final String COLUMNS = """
            u.id, u.email, u.created_at, u.updated_at, u.last_login_at, u.username, u.name, u.friendly_name, u.notification_email, \
            u.user_type, u.super_admin, \
            case when u.id in (select user_id from user_roles) \
                then array(select ur.role_name from user_roles ur where ur.user_id = u.id order by 1) else '{}' end as custom_roles, \
            u.status, u.email_verified, u.phone, u.address, u.city, u.state, u.zip_code, u.country, u.business_site, \
            u.additional_websites, u.business_type, u.lead_status, u.notes, u.last_used_at, u.deleted_at""";

    private static final Map<String, UserType> USER_TYPES = byValue(UserType.values(), UserType::value);
    private static final Map<String, UserStatus> STATUSES = byValue(UserStatus.values(), UserStatus::value);
    private static final Map<String, LeadStatus> LEAD_STATUSES = byValue(LeadStatus.values(), LeadStatus::value);

    private final Snapshots snapshots;

    @Inject
    UserExportService(Snapshots snapshots) {
        this.snapshots = snapshots;
    }

    /** Which users, by the filters of the list and without its pages; reads its parameters of the query and leaves others alone. */
    public record Selection(UserFilter filter) {
        public static Selection from(QueryReader query) {
            return new Selection(UserFilter.unpaged(query));
        }
    }

    /**
     * The users in the caller's scope that are selected, as they were at one moment, a few hundred at a time.
     *
     * @param hashes whether with their password hashes
     */
    public Multi<List<FileUser>> read(Caller caller, Selection selection, boolean hashes) {
        Binder binder = new Binder();
        String sql = sql(Scope.of(caller), selection.filter(), hashes, binder);
        return snapshots.read(
                snapshot -> snapshot.rows(sql, binder.tuple(), BATCH).map(UserExportService::users));
    }

    private static String sql(Scope scope, UserFilter filter, boolean hashes, Binder binder) {
        String direction = filter.order().wireName();
        return StatementCacheLimits.PLAN_EACH_TIME + "select " + COLUMNS + ", "
                + (hashes ? "u.password_hash" : "null::text") + " from users u where "
                + UserConditions.of(scope, filter, binder)
                + " order by " + filter.sort().expression() + " " + direction + ", u.id " + direction;
    }

    private static List<FileUser> users(RowSet<Row> rows) {
        List<FileUser> users = new ArrayList<>(rows.size());
        rows.forEach(row -> users.add(user(new Columns(row))));
        return users;
    }

    /** By the numbers of {@link #COLUMNS}: names would be looked up a few million times. */
    private static FileUser user(Columns row) {
        boolean deleted = row.time(26) != null;
        return new FileUser(
                row.row.getUUID(0),
                Objects.requireNonNull(row.text(1)),
                UserStatus.ACTIVE.value().equals(row.text(12)),
                deleted,
                row.time(2),
                row.time(3),
                row.time(4),
                row.text(5),
                row.text(6),
                row.text(7),
                row.text(8),
                row.constant(USER_TYPES, 9),
                row.truth(10),
                row.texts(11),
                row.constant(STATUSES, 12),
                row.truth(13),
                row.text(14),
                row.text(15),
                row.text(16),
                row.text(17),
                row.text(18),
                row.text(19),
                row.text(20),
                row.texts(21),
                row.text(22),
                row.constant(LEAD_STATUSES, 23),
                row.text(24),
                row.time(25),
                row.time(26),
                row.text(27),
                Set.of());
    }

    private static <E> Map<String, E> byValue(E[] constants, Function<E, String> value) {
        return Stream.of(constants).collect(Collectors.toUnmodifiableMap(value, constant -> constant));
    }

    private record Columns(Row row) {
        @Nullable
        String text(int column) {
            return row.getString(column);
        }

        @Nullable
        Boolean truth(int column) {
            return row.getBoolean(column);
        }

        @Nullable
        Instant time(int column) {
            var time = row.getOffsetDateTime(column);
            return time == null ? null : time.toInstant();
        }

        List<String> texts(int column) {
            return List.of(row.getArrayOfStrings(column));
        }

        <E> @Nullable E constant(Map<String, E> constants, int column) {
            String text = row.getString(column);
            return text == null ? null : constants.get(text);
        }
    }
}
