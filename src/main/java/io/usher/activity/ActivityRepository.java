package io.usher.activity;

import io.smallrye.mutiny.Uni;
import io.usher.persistence.Ids;
import io.usher.persistence.Sql;
import io.usher.security.Scope;
import io.usher.web.Cursor;
import io.usher.web.Page;
import io.usher.web.PageRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The activities, a partition a month. */
@ApplicationScoped
class ActivityRepository {
    private static final String ADD = """
            with added as (
                insert into user_activities (id, user_id, activity_type, details, ip_address, created_at)
                values ($1::uuid, $2::uuid, $3::text, $4::text::jsonb, $5::text, $6::timestamptz)
                returning id, user_id, activity_type, details, created_at
            )
            select {columns}, (select username from users where id = a.user_id) as username from added a
            """.replace("{columns}", ActivityView.COLUMNS);

    /** $1 ids, $2 users, $3 types, $4 details, $5 times, $6 address. */
    private static final String ADD_ALL = """
            insert into user_activities (id, user_id, activity_type, details, ip_address, created_at)
            select p.id, p.user_id, p.type, p.details::jsonb, $6::text, p.at
            from unnest($1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[]) as p (id, user_id, type, details, at)
            """;

    private final Pool pool;

    @Inject
    ActivityRepository(Pool pool) {
        this.pool = pool;
    }

    /** An activity to add. @param details JSON */
    record Entry(UUID userId, ActivityType type, @Nullable String details, String ip, Instant at) {}

    Uni<ActivityView> add(Sql sql, Entry entry) {
        return sql.run(
                        ADD,
                        Tuple.from(Arrays.asList(
                                Ids.next(),
                                entry.userId(),
                                entry.type().value(),
                                entry.details(),
                                entry.ip(),
                                entry.at().atOffset(ZoneOffset.UTC))))
                .map(rows -> ActivityView.read(rows.iterator().next()));
    }

    /** Adds what users did, as a set. @param ip from where; null where that is not known */
    Uni<Void> addAll(Sql sql, List<ActivityService.Past> past, @Nullable String ip) {
        return sql.run(
                        ADD_ALL,
                        Tuple.from(Arrays.asList(
                                past.stream().map(p -> Ids.next()).toArray(UUID[]::new),
                                past.stream().map(ActivityService.Past::userId).toArray(UUID[]::new),
                                past.stream().map(p -> p.type().value()).toArray(String[]::new),
                                past.stream().map(ActivityService.Past::details).toArray(String[]::new),
                                past.stream()
                                        .map(p -> p.at().atOffset(ZoneOffset.UTC))
                                        .toArray(OffsetDateTime[]::new),
                                ip)))
                .replaceWithVoid();
    }

    Uni<Page<ActivityView>> page(UUID userId, ActivityFilter filter) {
        ActivitySql sql = ActivitySql.page(userId, filter);
        return pool.preparedQuery(sql.text()).execute(sql.parameters()).map(rows -> page(rows, filter.page()));
    }

    private static Page<ActivityView> page(RowSet<Row> rows, PageRequest request) {
        List<ActivityView> items = new ArrayList<>(rows.size());
        Long total = null;
        long found = 0;
        for (Row row : rows) {
            total = row.getLong("total");
            if (row.getUUID("id") != null && items.size() < request.limit()) {
                items.add(ActivityView.read(row));
                found = row.getLong("found");
            }
        }
        String next = found > items.size() ? cursor(items.get(items.size() - 1)) : null;
        return new Page<>(List.copyOf(items), total, false, request.limit(), request.offset(), next);
    }

    private static String cursor(ActivityView last) {
        return new Cursor(ActivityFilter.ORDER, last.createdAt().toString(), last.id()).encode();
    }

    Uni<ActivitySummary> summary(Scope scope, int days, Instant since) {
        ActivitySql sql = ActivitySql.summary(scope, since);
        return pool.preparedQuery(sql.text()).execute(sql.parameters()).map(rows -> summary(rows, days));
    }

    private static ActivitySummary summary(RowSet<Row> rows, int days) {
        List<ActivityView> recent = new ArrayList<>(rows.size());
        for (Row row : rows) {
            if (row.getUUID("id") != null) {
                recent.add(ActivityView.read(row));
            }
        }
        Row any = rows.iterator().next();
        return new ActivitySummary(days, any.getLong("users"), byType(any.getString("by_type")), List.copyOf(recent));
    }

    private static Map<String, Long> byType(@Nullable String counted) {
        JsonObject counts = counted == null ? new JsonObject() : new JsonObject(counted);
        Map<String, Long> all = new LinkedHashMap<>();
        for (ActivityType type : ActivityType.values()) {
            all.put(type.value(), counts.getLong(type.value(), 0L));
        }
        return all;
    }
}
