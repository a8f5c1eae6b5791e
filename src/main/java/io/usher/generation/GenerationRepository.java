package io.usher.generation;

import io.smallrye.mutiny.Uni;
import io.usher.persistence.Binder;
import io.usher.quota.RunningQuota;
import io.usher.security.Scope;
import io.usher.web.Cursor;
import io.usher.web.Page;
import io.usher.web.PageRequest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The ledger of generations. Rows are made by the statement that charges the quota, and never go away. */
@ApplicationScoped
class GenerationRepository {

    private final Pool pool;

    @Inject
    GenerationRepository(Pool pool) {
        this.pool = pool;
    }

    /** The ledger row as a part of the statement that takes from the quota. */
    static String insert(GenerationView row, Binder binder) {
        return "insert into generations (id, user_id, type, prompt, model, metadata, cost, status, ip_address,"
                + " window_start, window_round, created_at) select " + binder.bind(row.id())
                + "::uuid, t.user_id, t.resource, "
                + binder.bind(row.prompt()) + "::text, " + binder.bind(row.model()) + "::text, "
                + binder.bind(row.metadata()) + "::text::jsonb, " + binder.bind(row.cost()) + "::bigint, 'pending', "
                + binder.bind(row.ipAddress()) + "::text, t.window_start, t.round, "
                + binder.bind(time(row.createdAt())) + "::timestamptz from taken t";
    }

    /**
     * Ends one that is pending and in scope; null where there is none.
     *
     * @param running the windows of now: nothing is given back into one that is over
     */
    Uni<@Nullable GenerationView> end(
            Scope scope, UUID id, EndGeneration end, Instant now, List<RunningQuota> running) {
        return pool.preparedQuery(GenerationSql.endOne(scope.sql("$9")))
                .execute(ending(end, now, running).addUUID(id).addUUID(scope.callerId()))
                .map(GenerationRepository::first);
    }

    /** Lets those fail that have been pending since before; answers how many. */
    Uni<Integer> failOverdue(Instant before, String error, int most, Instant now, List<RunningQuota> running) {
        var failed = new EndGeneration(GenerationEnd.FAILED, null, error);
        return pool.preparedQuery(GenerationSql.END_OVERDUE)
                .execute(ending(failed, now, running)
                        .addOffsetDateTime(time(before))
                        .addInteger(most))
                .map(SqlResult::rowCount);
    }

    /** What both ways of ending begin with. */
    private static Tuple ending(EndGeneration end, Instant now, List<RunningQuota> running) {
        return Tuple.from(Arrays.asList(
                time(now),
                end.status().value(),
                end.mediaUrl(),
                end.error(),
                running.stream().map(RunningQuota::resource).toArray(String[]::new),
                running.stream().map(RunningQuota::type).toArray(String[]::new),
                running.stream().map(quota -> time(quota.starts())).toArray(OffsetDateTime[]::new)));
    }

    /** One in scope; null where there is none. */
    Uni<@Nullable GenerationView> find(Scope scope, UUID id) {
        return pool.preparedQuery("select " + GenerationView.COLUMNS
                        + " from generations g join users u on u.id = g.user_id where g.id = $1 and " + scope.sql("$2"))
                .execute(Tuple.of(id, scope.callerId()))
                .map(GenerationRepository::first);
    }

    private static @Nullable GenerationView first(RowSet<Row> rows) {
        return rows.size() == 0 ? null : GenerationView.read(rows.iterator().next());
    }

    /** A user's, newest first; page and total are one statement. */
    <T> Uni<Page<T>> page(UUID userId, GenerationFilter filter, Function<Row, T> read) {
        Binder binder = new Binder();
        String where = filter.sql(userId, binder);
        String total = filter.page().count() == PageRequest.CountMode.NONE
                ? "null::bigint"
                : "(select count(*) from generations g where " + where + ")";
        String sql =
                "select " + total + " as total, p.* from (select 1) one left join (select " + GenerationView.COLUMNS
                        + ", u.email from generations g left join users u on u.id = g.user_id where " + where
                        + position(filter.page().cursor(), binder)
                        + " order by g.created_at desc, g.id desc limit "
                        + binder.bind(filter.page().limit() + 1L) + " offset "
                        + binder.bind(filter.page().offset()) + ") p on true order by p.created_at desc, p.id desc";
        return pool.preparedQuery(sql).execute(binder.tuple()).map(rows -> page(rows, filter.page(), read));
    }

    private static String position(@Nullable Cursor cursor, Binder binder) {
        return cursor == null
                ? ""
                : " and (g.created_at, g.id) < (" + binder.bind(time(cursor.moment())) + "::timestamptz, "
                        + binder.bind(cursor.id()) + "::uuid)";
    }

    private static <T> Page<T> page(RowSet<Row> rows, PageRequest request, Function<Row, T> read) {
        List<T> items = new ArrayList<>(rows.size());
        Long total = null;
        String next = null;
        for (Row row : rows) {
            total = row.getLong("total");
            if (row.getUUID("id") != null && items.size() < request.limit()) {
                items.add(read.apply(row));
                next = cursor(row);
            }
        }
        return new Page<>(
                List.copyOf(items),
                total,
                false,
                request.limit(),
                request.offset(),
                rows.size() > request.limit() ? next : null);
    }

    private static String cursor(Row last) {
        Instant createdAt = last.getOffsetDateTime("created_at").toInstant();
        return new Cursor(GenerationFilter.ORDER, createdAt.toString(), last.getUUID("id")).encode();
    }

    private static OffsetDateTime time(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
