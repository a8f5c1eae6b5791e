package io.usher.fieldwork;

import io.smallrye.mutiny.Uni;
import io.usher.persistence.Binder;
import io.usher.web.Cursor;
import io.usher.web.Page;
import io.usher.web.PageRequest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Pages of a table of documents, newest first. Documents are large, and a page stands in memory as a whole: it ends early where its
 * documents would have more than {@link PageRequest#MAX_BYTES}, and goes on at its cursor. Which rows it has is settled without reading a document.
 *
 * @param table has {@code id}, and the {@code size} of a row's documents in bytes
 * @param time the column that it is ordered by, before the id
 * @param columns what a view needs of the table as {@code r}
 * @param order the order's name in cursors
 */
record NewestFirst(String table, String time, String columns, String order) {
    /** One row more than the page has, to see whether there is a next one; a row of nulls carries the total where the page is empty. */
    private static final String PAGE = """
            with newest as materialized (
                select r.id, r.{time} as at, r.size from {table} r where {where}{position}
                order by r.{time} desc, r.id desc limit {limit}::bigint + 1 offset {offset}
            ), page as (
                select n.id, n.at, count(*) over () as found, row_number() over w as place, sum(n.size) over w - n.size as bytes
                from newest n window w as (order by n.at desc, n.id desc)
            )
            select {total} as total, p.found, p.at, {columns} from (select 1) one
            left join page p on p.place <= {limit} and p.bytes < {max}
            left join {table} r on r.id = p.id
            order by p.at desc, p.id desc
            """;

    /**
     * A page; page and total are one statement.
     *
     * @param where conditions over the table as {@code r}, their values bound already
     */
    <T> Uni<Page<T>> page(Pool pool, String where, Binder binder, PageRequest request, Function<Row, T> read) {
        String sql = sql(where, binder, request);
        return pool.preparedQuery(sql).execute(binder.tuple()).map(rows -> read(rows, request, read));
    }

    String sql(String where, Binder binder, PageRequest request) {
        String total = request.count() == PageRequest.CountMode.NONE
                ? "null::bigint"
                : "(select count(*) from " + table + " r where " + where + ")";
        return PAGE.replace("{where}", where)
                .replace("{position}", position(request.cursor(), binder))
                .replace("{limit}", binder.bind((long) request.limit()))
                .replace("{offset}", binder.bind(request.offset()))
                .replace("{max}", Long.toString(PageRequest.MAX_BYTES))
                .replace("{total}", total)
                .replace("{columns}", columns)
                .replace("{table}", table)
                .replace("{time}", time);
    }

    private static String position(@Nullable Cursor cursor, Binder binder) {
        return cursor == null
                ? ""
                : " and (r.{time}, r.id) < (" + binder.bind(cursor.moment().atOffset(ZoneOffset.UTC))
                        + "::timestamptz, " + binder.bind(cursor.id()) + "::uuid)";
    }

    private <T> Page<T> read(RowSet<Row> rows, PageRequest request, Function<Row, T> read) {
        List<T> items = new ArrayList<>(rows.size());
        Long total = null;
        String next = null;
        for (Row row : rows) {
            total = row.getLong("total");
            if (row.getUUID("id") != null) {
                items.add(read.apply(row));
                next = row.getLong("found") > items.size() ? cursor(row) : null;
            }
        }
        return new Page<>(List.copyOf(items), total, false, request.limit(), request.offset(), next);
    }

    private String cursor(Row last) {
        Instant at = last.getOffsetDateTime("at").toInstant();
        return new Cursor(order, at.toString(), last.getUUID("id")).encode();
    }
}
