package io.usher.user;

import io.smallrye.mutiny.Multi;
import io.usher.persistence.Binder;
import io.usher.persistence.RowReader;
import io.usher.persistence.Snapshots;
import io.usher.persistence.StatementCacheLimits;
import io.usher.security.Caller;
import io.usher.security.Scope;
import io.usher.web.QueryReader;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads all users of a list, for files. */
@ApplicationScoped
public class UserExportService {
    private static final int BATCH = 500;

    /** Those of {@link FileUser}, in its order but for the hash. */
    private static final String COLUMNS = """
            u.id, u.email, u.status = 'active' as is_active, u.deleted_at is not null as is_deleted, u.created_at, u.updated_at, \
            u.last_login_at, u.username, u.name, u.friendly_name, u.notification_email, \
            u.user_type, u.super_admin, \
            case when u.id in (select user_id from user_roles) \
                then array(select ur.role_name from user_roles ur where ur.user_id = u.id order by 1) else '{}' end as custom_roles, \
            u.status, u.email_verified, u.phone, u.address, u.city, u.state, u.zip_code, u.country, u.business_site, \
            u.additional_websites, u.business_type, u.lead_status, u.notes, u.last_used_at, u.deleted_at""";

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
        return StatementCacheLimits.PLAN_EACH_TIME + "select " + COLUMNS + ", "
                + (hashes ? "u.password_hash" : "null::text") + " from users u where "
                + UserConditions.of(scope, filter, binder)
                + UserOrder.of(filter.sort()).by(filter.order());
    }

    private static List<FileUser> users(RowSet<Row> rows) {
        List<FileUser> users = new ArrayList<>(rows.size());
        rows.forEach(row -> users.add(user(new RowReader(row, 0))));
        return users;
    }

    private static FileUser user(RowReader columns) {
        return new FileUser(
                columns.id(),
                columns.text(),
                columns.truth(),
                columns.truth(),
                columns.time(),
                columns.time(),
                columns.timeOrNull(),
                columns.textOrNull(),
                columns.textOrNull(),
                columns.textOrNull(),
                columns.textOrNull(),
                columns.constant(UserRow.TYPES),
                columns.truth(),
                columns.texts(),
                columns.constant(UserRow.STATUSES),
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
                columns.constantOrNull(UserRow.LEAD_STATUSES),
                columns.textOrNull(),
                columns.timeOrNull(),
                columns.timeOrNull(),
                columns.textOrNull(),
                Set.of());
    }
}
