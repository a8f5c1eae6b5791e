package io.usher.preference;

import io.smallrye.mutiny.Uni;
import io.usher.persistence.Ids;
import io.usher.persistence.Statements;
import io.usher.web.JsonFormat;
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
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Runs the statements of {@link PreferenceSql}. Reads are one statement each; writes join the present transaction. */
@ApplicationScoped
class PreferenceRepository {
    private final Statements statements;
    private final SettingsJson json;

    @Inject
    PreferenceRepository(Statements statements, SettingsJson json) {
        this.statements = statements;
        this.json = json;
    }

    /** All that are set, in the order of the categories. */
    Uni<List<PreferenceView>> list(UUID userId) {
        return statements.alone().run(PreferenceSql.LIST, Tuple.of(userId)).map(this::views);
    }

    /** Null where it is not set. */
    Uni<@Nullable PreferenceView> find(UUID userId, PreferenceCategory category) {
        return statements
                .alone()
                .run(PreferenceSql.FIND, Tuple.of(userId, category.value()))
                .map(rows -> rows.size() == 0 ? null : view(rows.iterator().next()));
    }

    Uni<List<Prover>> provers(UUID userId) {
        return statements
                .alone()
                .run(PreferenceSql.LIST_PROVERS, Tuple.of(userId))
                .map(rows -> json.readProvers(rows.iterator().next().getString("provers")));
    }

    /** The settings without provers, with their row locked until the transaction ends; null where they are not set. */
    Uni<@Nullable PreferenceSettings> lock(UUID userId, PreferenceCategory category) {
        return statements
                .joined()
                .run(PreferenceSql.LOCK, Tuple.of(userId, category.value()))
                .map(rows -> rows.size() == 0
                        ? null
                        : json.read(category, rows.iterator().next().getString("settings")));
    }

    /** Stores one, with its provers, and answers it as it is read from now on. */
    Uni<PreferenceView> store(NewPreference preference, Instant now) {
        return storeAll(List.of(preference), now)
                .map(rows -> stored(rows.iterator().next(), preference.settings()));
    }

    /** Stores as many as there are with one statement, and their provers with a second one; each user and category is there once. */
    Uni<RowSet<Row>> storeAll(List<NewPreference> preferences, Instant now) {
        return statements
                .joined()
                .run(
                        PreferenceSql.STORE,
                        Tuple.of(
                                column(preferences, preference -> Ids.next()).toArray(UUID[]::new),
                                column(preferences, NewPreference::userId).toArray(UUID[]::new),
                                column(preferences, p -> p.settings().category().value())
                                        .toArray(String[]::new),
                                column(preferences, p -> json.write(p.settings()))
                                        .toArray(String[]::new),
                                time(now)))
                .call(() -> replaceProvers(preferences, now));
    }

    private Uni<Void> replaceProvers(List<NewPreference> preferences, Instant now) {
        UUID[] users = preferences.stream()
                .filter(preference -> preference.settings() instanceof ProverSettings)
                .map(NewPreference::userId)
                .toArray(UUID[]::new);
        if (users.length == 0) {
            return Uni.createFrom().voidItem();
        }
        return statements
                .joined()
                .run(PreferenceSql.REPLACE_PROVERS, Tuple.of(json.writeProvers(preferences), time(now), users))
                .replaceWithVoid();
    }

    /** Whether it was set. */
    Uni<Boolean> delete(UUID userId, PreferenceCategory category) {
        return changed(PreferenceSql.DELETE, Tuple.of(userId, category.value()));
    }

    /** Notes that a user's provers change, and keeps others from changing them until the transaction ends. */
    Uni<Void> beginProvers(UUID userId, Instant now) {
        return changed(PreferenceSql.BEGIN_PROVERS, Tuple.of(userId, JsonFormat.time(now), time(now), Ids.next()))
                .replaceWithVoid();
    }

    /** As {@link #beginProvers}, where there can be some already; answers whether there can. */
    Uni<Boolean> touchProvers(UUID userId, Instant now) {
        return changed(PreferenceSql.TOUCH_PROVERS, Tuple.of(userId, JsonFormat.time(now), time(now)));
    }

    /** Whether there was room for it. */
    Uni<Boolean> putProver(UUID userId, Prover prover, Instant now) {
        NewPreference one = new NewPreference(userId, new ProverSettings(List.of(prover), null, null));
        return changed(
                PreferenceSql.PUT_PROVER,
                Tuple.of(json.writeProvers(List.of(one)), time(now), ProverSettings.MAX_PROVERS));
    }

    /** Whether it was there. */
    Uni<Boolean> deleteProver(UUID userId, String proverId) {
        return changed(PreferenceSql.DELETE_PROVER, Tuple.of(userId, proverId));
    }

    private Uni<Boolean> changed(String statement, Tuple parameters) {
        return statements
                .joined()
                .run(statement, parameters)
                .map(SqlResult::rowCount)
                .map(rows -> rows > 0);
    }

    private List<PreferenceView> views(RowSet<Row> rows) {
        List<PreferenceView> views = new ArrayList<>(rows.size());
        rows.forEach(row -> views.add(view(row)));
        views.sort(Comparator.comparing(PreferenceView::category));
        return List.copyOf(views);
    }

    private PreferenceView view(Row row) {
        PreferenceSettings settings = settings(row);
        return settings instanceof ProverSettings provers
                ? view(row, provers.with(json.readProvers(row.getString("provers"))))
                : view(row, settings);
    }

    /** What was just stored; its provers are the ones that were given. */
    private PreferenceView stored(Row row, PreferenceSettings given) {
        PreferenceSettings settings = settings(row);
        return settings instanceof ProverSettings provers && given instanceof ProverSettings those
                ? view(row, provers.with(those.provers()))
                : view(row, settings);
    }

    private PreferenceSettings settings(Row row) {
        return json.read(PreferenceCategory.parse(row.getString("category")), row.getString("settings"));
    }

    private static PreferenceView view(Row row, PreferenceSettings settings) {
        return new PreferenceView(
                row.getUUID("id"),
                row.getUUID("user_id"),
                settings.category(),
                settings,
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("updated_at").toInstant());
    }

    private static <T> List<T> column(List<NewPreference> preferences, Function<NewPreference, T> value) {
        return preferences.stream().map(value).toList();
    }

    private static OffsetDateTime time(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
