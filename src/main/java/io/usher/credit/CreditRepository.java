package io.usher.credit;

import io.smallrye.mutiny.Uni;
import io.usher.persistence.Binder;
import io.usher.persistence.Ids;
import io.usher.persistence.Sql;
import io.usher.web.Cursor;
import io.usher.web.Page;
import io.usher.web.PageRequest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The balance, which stands with the user, and the ledger that it follows from. They only ever change in one statement. */
@ApplicationScoped
class CreditRepository {
    /** The order of the ledger is the order of its balances. */
    static final String ORDER = "seq.desc";

    /**
     * $1 user, $2 amount, $3 id, $4 reason, $5 reference, $6 actor, $7 now, $8 the highest balance. The row lock on the user is held until
     * the ledger row is in, so the rows of a user are numbered in the order in which their balances follow from one another.
     */
    private static final String CHANGE = """
            with changed as (
                update users set credits = credits + $2::bigint
                where id = $1::uuid and credits + $2::bigint between 0 and $8::bigint
                returning id, credits
            )
            insert into credit_transactions
                (id, user_id, amount, balance_after, reason, reference, actor_id, created_at)
            select $3::uuid, c.id, $2::bigint, c.credits, $4::text, $5::text, $6::uuid, $7::timestamptz from changed c
            returning id, amount, balance_after, reason, reference, actor_id, created_at
            """;

    private final Pool pool;

    @Inject
    CreditRepository(Pool pool) {
        this.pool = pool;
    }

    /** An entry to make. */
    record Entry(
            UUID userId,
            long amount,
            String reason,
            @Nullable String reference,
            UUID actorId,
            Instant now) {}

    /** The entry; null where the balance would be below zero or above the highest there is. */
    Uni<@Nullable CreditTransaction> change(Sql sql, Entry entry) {
        return sql.run(
                        CHANGE,
                        Tuple.from(Arrays.asList(
                                entry.userId(),
                                entry.amount(),
                                Ids.next(),
                                entry.reason(),
                                entry.reference(),
                                entry.actorId(),
                                entry.now().atOffset(ZoneOffset.UTC),
                                CreditService.MAX_BALANCE)))
                .map(rows -> rows.size() == 0
                        ? null
                        : CreditTransaction.read(rows.iterator().next()));
    }

    /** The balance; null where there is no such user. */
    Uni<@Nullable Long> balance(UUID userId) {
        return pool.preparedQuery("select credits from users where id = $1")
                .execute(Tuple.of(userId))
                .map(rows -> rows.size() == 0 ? null : rows.iterator().next().getLong(0));
    }

    /** Newest first; page and total are one statement. */
    Uni<Page<CreditTransaction>> page(UUID userId, PageRequest request) {
        Binder binder = new Binder();
        String user = binder.bind(userId);
        String total = request.count() == PageRequest.CountMode.NONE
                ? "null::bigint"
                : "(select count(*) from credit_transactions where user_id = " + user + ")";
        Cursor cursor = request.cursor();
        String position = cursor == null ? "" : " and seq < " + binder.bind(seq(cursor));
        String sql =
                "select " + total + " as total, p.* from (select 1) one left join (select * from credit_transactions"
                        + " where user_id = " + user + position + " order by seq desc limit "
                        + binder.bind(request.limit() + 1L)
                        + " offset " + binder.bind(request.offset()) + ") p on true order by p.seq desc";
        return pool.preparedQuery(sql).execute(binder.tuple()).map(rows -> read(rows, request));
    }

    private static Page<CreditTransaction> read(RowSet<Row> rows, PageRequest request) {
        List<CreditTransaction> items = new ArrayList<>(rows.size());
        Long total = null;
        long last = 0;
        for (Row row : rows) {
            total = row.getLong("total");
            if (row.getUUID("id") != null && items.size() < request.limit()) {
                items.add(CreditTransaction.read(row));
                last = row.getLong("seq");
            }
        }
        String next = rows.size() > request.limit()
                ? new Cursor(
                                ORDER,
                                Long.toString(last),
                                items.get(items.size() - 1).id())
                        .encode()
                : null;
        return new Page<>(List.copyOf(items), total, false, request.limit(), request.offset(), next);
    }

    private static long seq(Cursor cursor) {
        try {
            return Long.parseLong(cursor.key());
        } catch (NumberFormatException e) {
            throw Cursor.invalid();
        }
    }
}
