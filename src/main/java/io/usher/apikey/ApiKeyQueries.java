package io.usher.apikey;

import io.smallrye.mutiny.Uni;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.web.Cursor;
import io.usher.web.Page;
import io.usher.web.PageRequest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads the API keys of a user. */
@ApplicationScoped
class ApiKeyQueries {
    private final Pool pool;

    @Inject
    ApiKeyQueries(Pool pool) {
        this.pool = pool;
    }

    /** The newest first. A user has few keys, so an estimate of their number is the number. */
    Uni<Page<ApiKeyView>> page(UUID userId, PageRequest request) {
        Cursor cursor = request.cursor();
        Tuple parameters = Tuple.from(Arrays.<@Nullable Object>asList(
                userId,
                request.count() != PageRequest.CountMode.NONE,
                cursor == null ? null : time(cursor),
                cursor == null ? null : cursor.id(),
                request.limit() + 1L,
                request.offset()));
        return pool.preparedQuery(ApiKeySql.PAGE).execute(parameters).map(rows -> read(rows, request));
    }

    /** Fails with {@code not_found} where the user has no such key. */
    Uni<ApiKeyView> get(UUID userId, UUID id) {
        return pool.preparedQuery(ApiKeySql.GET).execute(Tuple.of(userId, id)).map(ApiKeyQueries::require);
    }

    static ApiKeyView require(RowSet<Row> rows) {
        if (rows.size() == 0) {
            throw missing();
        }
        return ApiKeyRow.read(rows.iterator().next());
    }

    static ProblemException missing() {
        return ProblemException.of(ProblemCode.NOT_FOUND, "There is no such API key.");
    }

    private static Page<ApiKeyView> read(RowSet<Row> rows, PageRequest request) {
        List<ApiKeyView> items = new ArrayList<>(rows.size());
        Long total = null;
        for (Row row : rows) {
            total = row.getLong("total");
            if (row.getUUID("id") != null && items.size() < request.limit()) {
                items.add(ApiKeyRow.read(row));
            }
        }
        String next = rows.size() > request.limit() ? cursor(items.get(items.size() - 1)) : null;
        return new Page<>(List.copyOf(items), total, false, request.limit(), request.offset(), next);
    }

    private static String cursor(ApiKeyView last) {
        return new Cursor(ApiKeySql.ORDER, last.createdAt().toString(), last.id()).encode();
    }

    private static OffsetDateTime time(Cursor cursor) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(cursor.key());
            if (time.getYear() >= 1 && time.getYear() <= 9999) {
                return time;
            }
        } catch (DateTimeException e) {
            throw Cursor.invalid();
        }
        throw Cursor.invalid();
    }
}
