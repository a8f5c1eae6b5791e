package io.usher.fieldwork;

import io.smallrye.mutiny.Uni;
import io.usher.persistence.Binder;
import io.usher.persistence.Ids;
import io.usher.persistence.Sql;
import io.usher.web.Page;
import io.usher.web.PageRequest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Dispensers, one row a work order of a user. Each write is one statement. */
@ApplicationScoped
class DispenserRepository {
    static final NewestFirst PAGES =
            new NewestFirst("dispenser_records", "updated_at", DispenserView.COLUMNS, "updatedAt.desc");

    /** A replica whose clock is behind does not put a record back in the order. */
    private static final String PUT = """
            insert into dispenser_records as r
                (id, user_id, work_order_id, visit_id, dispenser_data, metadata, created_at, updated_at)
            values ($1, $2, $3, $4, $5::text::jsonb, $6::text::jsonb, $7, $7)
            on conflict (user_id, work_order_id) do update set visit_id = excluded.visit_id,
                dispenser_data = excluded.dispenser_data, metadata = excluded.metadata,
                updated_at = greatest(r.updated_at, excluded.updated_at)
            returning old.id is null as made,\s""" + DispenserView.COLUMNS;

    private static final String GET = "select " + DispenserView.COLUMNS
            + " from dispenser_records r where r.user_id = $1 and r.work_order_id = $2";

    private static final String DELETE = "delete from dispenser_records where user_id = $1 and work_order_id = $2";

    /** $1 ids, $2 users, $3 work orders, $4 visits, $5 data, $6 metadata, $7 times. Of several for a work order the newest counts. */
    private static final String STORE_ALL = """
            insert into dispenser_records
                (id, user_id, work_order_id, visit_id, dispenser_data, metadata, created_at, updated_at)
            select id, user_id, work_order_id, visit_id, data::jsonb, metadata::jsonb, at, at from (
                select distinct on (n.user_id, n.work_order_id) n.*
                from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
                    with ordinality as n (id, user_id, work_order_id, visit_id, data, metadata, at, place)
                order by n.user_id, n.work_order_id, n.at desc, n.place desc
            ) newest
            on conflict (user_id, work_order_id) do nothing
            """;

    private final Pool pool;

    @Inject
    DispenserRepository(Pool pool) {
        this.pool = pool;
    }

    Uni<StoredDispenser> put(UUID userId, String workOrderId, PutDispenser body, Instant now) {
        return pool.preparedQuery(PUT)
                .execute(Tuple.from(Arrays.asList(
                        Ids.next(),
                        userId,
                        workOrderId,
                        body.visitId(),
                        body.dispenserData().toString(),
                        body.metadata() == null ? null : body.metadata().toString(),
                        time(now))))
                .map(rows -> rows.iterator().next())
                .map(row -> new StoredDispenser(row.getBoolean("made"), DispenserView.read(row)));
    }

    /** Null where the user has none for this work order. */
    Uni<@Nullable DispenserView> find(UUID userId, String workOrderId) {
        return pool.preparedQuery(GET)
                .execute(Tuple.of(userId, workOrderId))
                .map(rows -> rows.size() == 0
                        ? null
                        : DispenserView.read(rows.iterator().next()));
    }

    /** Whether there was one. */
    Uni<Boolean> delete(UUID userId, String workOrderId) {
        return pool.preparedQuery(DELETE).execute(Tuple.of(userId, workOrderId)).map(result -> result.rowCount() > 0);
    }

    /** The user's, newest update first; of one work order, or of all. */
    Uni<Page<DispenserView>> page(UUID userId, @Nullable String workOrderId, PageRequest request) {
        Binder binder = new Binder();
        String where = where(userId, workOrderId, binder);
        return PAGES.page(pool, where, binder, request, DispenserView::read);
    }

    static String where(UUID userId, @Nullable String workOrderId, Binder binder) {
        String user = "r.user_id = " + binder.bind(userId);
        return workOrderId == null ? user : user + " and r.work_order_id = " + binder.bind(workOrderId);
    }

    /** Adds those of work orders that have none yet; answers how many. */
    Uni<Integer> addAll(Sql sql, List<NewDispenser> all) {
        return sql.run(
                        STORE_ALL,
                        Tuple.from(Arrays.asList(
                                all.stream().map(one -> Ids.next()).toArray(UUID[]::new),
                                all.stream().map(NewDispenser::userId).toArray(UUID[]::new),
                                texts(all, NewDispenser::workOrderId),
                                texts(all, NewDispenser::visitId),
                                texts(all, NewDispenser::dispenserData),
                                texts(all, NewDispenser::metadata),
                                all.stream().map(one -> time(one.timestamp())).toArray(OffsetDateTime[]::new))))
                .map(SqlResult::rowCount);
    }

    private static @Nullable String[] texts(List<NewDispenser> all, Function<NewDispenser, @Nullable Object> field) {
        return all.stream().map(one -> text(field.apply(one))).toArray(String[]::new);
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static OffsetDateTime time(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
