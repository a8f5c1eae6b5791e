package io.usher.migration;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.usher.activity.ActivityService;
import io.usher.fieldwork.DispenserService;
import io.usher.preference.PreferenceService;
import io.usher.user.UserMigrationService;
import io.usher.user.UserMigrationService.Written;
import io.vertx.pgclient.PgException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The transaction of a migration: some users with all that hangs on them, one statement a table. */
@ApplicationScoped
class MigrationWrites {
    private final UserMigrationService users;
    private final ActivityService activities;
    private final DispenserService dispensers;
    private final PreferenceService preferences;

    @Inject
    MigrationWrites(
            UserMigrationService users,
            ActivityService activities,
            DispenserService dispensers,
            PreferenceService preferences) {
        this.users = users;
        this.activities = activities;
        this.dispensers = dispensers;
        this.preferences = preferences;
    }

    /** Writes those whose email nobody has, and answers them by email. Whoever else has it by now keeps it, and what it has. */
    @WithTransaction
    Uni<Map<String, Written>> store(List<Newcomer> newcomers, Instant now) {
        return users.insertAll(newcomers.stream().map(Newcomer::user).toList(), now)
                .call(created -> storeRecords(created(newcomers, created)));
    }

    /** Makes room for records that are older than the service; outside of the transaction. Without it they would go into the default partition. */
    Uni<Void> prepare(List<Newcomer> newcomers) {
        Set<YearMonth> months = all(newcomers, Newcomer::activities).stream()
                .map(past -> YearMonth.from(past.at().atOffset(ZoneOffset.UTC)))
                .collect(Collectors.toSet());
        return activities.ensureMonths(months).onFailure(PgException.class).recoverWithNull();
    }

    private Uni<Void> storeRecords(List<Newcomer> created) {
        return activities
                .recordPast(all(created, Newcomer::activities))
                .chain(() -> dispensers.storeAll(all(created, Newcomer::dispensers)))
                .chain(() -> preferences.storeAll(all(created, Newcomer::preferences)));
    }

    /** Who has come in the place of a registration goes on under that one's id. */
    private static List<Newcomer> created(List<Newcomer> newcomers, Map<String, Written> created) {
        return newcomers.stream()
                .filter(newcomer -> created.containsKey(newcomer.email()))
                .map(newcomer -> newcomer.withId(
                        Objects.requireNonNull(created.get(newcomer.email())).id()))
                .toList();
    }

    private static <T> List<T> all(List<Newcomer> newcomers, Function<Newcomer, List<T>> part) {
        return newcomers.stream().map(part).flatMap(Collection::stream).toList();
    }
}
