package io.usher.user;

import io.smallrye.mutiny.Uni;
import io.usher.security.Scope;
import io.usher.web.Cursor;
import io.usher.web.Page;
import io.usher.web.PageRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pages of users in a caller's scope. */
@ApplicationScoped
class UserListQuery {
    private final Pool pool;
    private final Clock clock;

    @Inject
    UserListQuery(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    Uni<Page<AdminUserView>> page(Scope scope, UserFilter filter) {
        UserListSql sql = UserListSql.page(scope, filter, OffsetDateTime.now(clock));
        Uni<Page<AdminUserView>> page =
                pool.preparedQuery(sql.text()).execute(sql.parameters()).map(rows -> read(rows, filter));
        return UserListSql.isEstimated(scope, filter)
                ? page.chain(exact -> estimate(scope, filter).map(total -> withEstimate(exact, total)))
                : page;
    }

    private Uni<Long> estimate(Scope scope, UserFilter filter) {
        UserListSql sql = UserListSql.estimate(scope, filter);
        return pool.preparedQuery(sql.text())
                .execute(sql.parameters())
                .map(rows -> plannedRows(rows.iterator().next().getValue(0)));
    }

    private static long plannedRows(Object plan) {
        JsonArray json = plan instanceof JsonArray array ? array : new JsonArray(String.valueOf(plan));
        return json.getJsonObject(0).getJsonObject("Plan").getLong("Plan Rows");
    }

    /** An estimate never contradicts what the page shows. */
    private static Page<AdminUserView> withEstimate(Page<AdminUserView> page, long planned) {
        long shown = page.items().isEmpty() ? 0 : page.offset() + page.items().size();
        long more = page.nextCursor() == null ? 0 : 1;
        return new Page<>(
                page.items(), Math.max(planned, shown + more), true, page.limit(), page.offset(), page.nextCursor());
    }

    private static Page<AdminUserView> read(RowSet<Row> rows, UserFilter filter) {
        PageRequest request = filter.page();
        List<AdminUserView> items = new ArrayList<>(rows.size());
        Long total = null;
        String lastKey = "";
        for (Row row : rows) {
            total = row.getLong(0);
            if (row.getUUID(1) != null && items.size() < request.limit()) {
                items.add(UserRow.read(row, 1));
                lastKey = row.getString("key_text");
            }
        }
        String next = rows.size() > request.limit() ? cursor(filter, lastKey, items) : null;
        return new Page<>(List.copyOf(items), total, false, request.limit(), request.offset(), next);
    }

    private static @Nullable String cursor(UserFilter filter, String key, List<AdminUserView> items) {
        return new Cursor(
                        filter.sortName(),
                        key,
                        items.get(items.size() - 1).user().id())
                .encode();
    }
}
