package io.usher.quota;

import io.smallrye.mutiny.Uni;
import io.usher.audit.AuditEvent;
import io.usher.persistence.Binder;
import io.usher.persistence.Sql;
import io.usher.persistence.Statements;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs the statements of {@link QuotaSql}, each of which is a transaction of its own unless it joins one. */
@ApplicationScoped
class QuotaRepository {
    private final Statements statements;

    @Inject
    QuotaRepository(Statements statements) {
        this.statements = statements;
    }

    /** What is taken from whom. */
    record Take(UUID userId, String resource, long amount, QuotaSetting byDefault, Instant now) {}

    /**
     * What came of it.
     *
     * @param row null where the user has none, and was refused by the default
     */
    record Taken(boolean done, @Nullable QuotaRow row) {}

    Uni<Taken> take(Sql sql, Take take, Function<Binder, @Nullable String> ledger) {
        Binder binder = new Binder();
        bind(binder, take);
        String entry = ledger.apply(binder);
        String statement = "with taken as (" + QuotaSql.TAKE + ")" + (entry == null ? "" : ", entry as (" + entry + ")")
                + QuotaSql.TAKEN;
        return sql.run(statement, binder.tuple()).map(QuotaRepository::taken);
    }

    private static void bind(Binder binder, Take take) {
        binder.bind(take.userId());
        binder.bind(take.resource());
        binder.bind(take.amount());
        binder.bind(take.byDefault().type().value());
        binder.bind(take.byDefault().limit());
        binder.bind(start(QuotaType.DAILY, take.now()));
        binder.bind(start(QuotaType.WEEKLY, take.now()));
        binder.bind(time(take.now()));
    }

    private static Taken taken(RowSet<Row> rows) {
        if (rows.size() == 0) {
            return new Taken(false, null);
        }
        Row row = rows.iterator().next();
        return new Taken(row.getBoolean("taken"), QuotaRow.read(row));
    }

    Uni<Map<String, QuotaView>> status(UUID userId, SortedMap<String, QuotaSetting> defaults, Instant now) {
        return statements.alone().run(QuotaSql.STATUS, Tuple.of(userId)).map(rows -> views(rows, defaults, now));
    }

    private static Map<String, QuotaView> views(
            RowSet<Row> rows, SortedMap<String, QuotaSetting> defaults, Instant now) {
        Map<String, QuotaRow> own = new HashMap<>();
        rows.forEach(row -> own.put(row.getString("resource"), QuotaRow.read(row)));
        Map<String, QuotaView> views = new LinkedHashMap<>();
        defaults.forEach((resource, setting) -> {
            QuotaRow row = own.get(resource);
            views.put(
                    resource, row == null ? QuotaRow.unused(resource, setting, now) : row.view(resource, setting, now));
        });
        return views;
    }

    /** Sets them; answers what that changed, as the audit log keeps it. */
    Uni<List<AuditEvent>> set(
            Sql sql, UUID userId, Map<String, QuotaSetting> settings, Map<String, QuotaSetting> defaults, Instant now) {
        SortedMap<String, QuotaSetting> sorted = new TreeMap<>(settings);
        String[] defaultTypes = sorted.keySet().stream()
                .map(resource ->
                        Objects.requireNonNull(defaults.get(resource)).type().value())
                .toArray(String[]::new);
        return sql.run(
                        QuotaSql.SET,
                        Tuple.from(Arrays.asList(
                                userId,
                                resources(sorted),
                                types(sorted),
                                limits(sorted),
                                defaultTypes,
                                start(QuotaType.DAILY, now),
                                start(QuotaType.WEEKLY, now),
                                time(now))))
                .map(rows -> QuotaEvents.ofSet(userId, rows));
    }

    Uni<Void> setForNew(Sql sql, List<UUID> userIds, Map<String, QuotaSetting> settings, Instant now) {
        SortedMap<String, QuotaSetting> sorted = new TreeMap<>(settings);
        OffsetDateTime[] starts = sorted.values().stream()
                .map(setting -> start(setting.type(), now))
                .toArray(OffsetDateTime[]::new);
        return sql.run(
                        QuotaSql.SET_FOR_NEW,
                        Tuple.from(Arrays.asList(
                                userIds.toArray(UUID[]::new),
                                resources(sorted),
                                types(sorted),
                                limits(sorted),
                                starts,
                                time(now))))
                .replaceWithVoid();
    }

    /** Lets them begin anew; answers what that changed, as the audit log keeps it. */
    Uni<List<AuditEvent>> reset(Sql sql, UUID userId, @Nullable String resource, Instant now) {
        return sql.run(QuotaSql.RESET, Tuple.of(userId, resource, time(now)))
                .map(rows -> QuotaEvents.ofReset(userId, rows));
    }

    private static String[] resources(SortedMap<String, QuotaSetting> settings) {
        return settings.keySet().toArray(String[]::new);
    }

    private static String[] types(SortedMap<String, QuotaSetting> settings) {
        return settings.values().stream().map(setting -> setting.type().value()).toArray(String[]::new);
    }

    private static @Nullable Long[] limits(SortedMap<String, QuotaSetting> settings) {
        return settings.values().stream().map(QuotaSetting::limit).toArray(Long[]::new);
    }

    private static OffsetDateTime start(QuotaType type, Instant now) {
        return time(QuotaWindow.at(type, now).start());
    }

    private static OffsetDateTime time(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
