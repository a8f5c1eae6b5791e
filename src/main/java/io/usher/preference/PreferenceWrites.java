package io.usher.preference;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.usher.activity.ActivityService;
import io.usher.activity.SettingsKind;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.security.Caller;
import io.usher.security.Client;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The transactions of changes to preferences and provers, each with the activity that tells of it. */
@ApplicationScoped
class PreferenceWrites {
    private final PreferenceRepository repository;
    private final ActivityService activities;
    private final Clock clock;

    @Inject
    PreferenceWrites(PreferenceRepository repository, ActivityService activities, Clock clock) {
        this.repository = repository;
        this.activities = activities;
        this.clock = clock;
    }

    /** Who changes what, of whom, and from where. */
    record Change(Caller caller, Client client, UUID userId, PreferenceCategory category) {}

    Uni<PreferenceView> put(Change change, PreferenceSettings given) {
        Instant now = now();
        return Panache.withTransaction(() -> unmasked(change.userId(), given)
                .map(settings -> new NewPreference(change.userId(), settings.setAt(now)))
                .chain(preference -> repository.store(preference, now))
                .call(() -> record(change)));
    }

    /** A mask stands for what is stored, which therefore must not change in between. */
    private Uni<PreferenceSettings> unmasked(UUID userId, PreferenceSettings given) {
        return given instanceof PushoverSettings settings && settings.hasMask()
                ? repository.lock(userId, given.category()).map(stored -> settings.unmasked((PushoverSettings) stored))
                : Uni.createFrom().item(given);
    }

    /** Fails with {@code not_found} where it is not set. */
    Uni<Void> delete(Change change) {
        return Panache.withTransaction(() -> repository
                .delete(change.userId(), change.category())
                .invoke(PreferenceWrites::requireSet)
                .chain(() -> record(change)));
    }

    /** Fails with {@code conflict} where the user has as many as it may. */
    Uni<Prover> putProver(Change change, Prover prover) {
        Instant now = now();
        return Panache.withTransaction(() -> repository
                .beginProvers(change.userId(), now)
                .chain(() -> repository.putProver(change.userId(), prover, now))
                .invoke(PreferenceWrites::requireRoom)
                .chain(() -> record(change))
                .replaceWith(prover));
    }

    /** Fails with {@code not_found} where there is no such prover. */
    Uni<Void> deleteProver(Change change, String proverId) {
        return Panache.withTransaction(() -> repository
                .touchProvers(change.userId(), now())
                .invoke(PreferenceWrites::requireSet)
                .chain(() -> repository.deleteProver(change.userId(), proverId))
                .invoke(PreferenceWrites::requireSet)
                .chain(() -> record(change)));
    }

    /** Joins the present transaction. */
    Uni<Void> storeAll(List<NewPreference> preferences) {
        Instant now = now();
        List<NewPreference> all = preferences.stream()
                .map(p -> new NewPreference(p.userId(), p.settings().setAt(now)))
                .toList();
        return all.isEmpty()
                ? Uni.createFrom().voidItem()
                : repository.storeAll(all, now).replaceWithVoid();
    }

    private Uni<Void> record(Change change) {
        return activities.recordChange(
                change.userId(),
                change.caller().userId(),
                SettingsKind.PREFERENCE,
                Map.of("category", change.category().value()),
                change.client());
    }

    private static void requireSet(boolean there) {
        if (!there) {
            throw ProblemException.of(ProblemCode.NOT_FOUND);
        }
    }

    private static void requireRoom(boolean stored) {
        if (!stored) {
            throw ProblemException.of(
                    ProblemCode.CONFLICT,
                    "There are " + ProverSettings.MAX_PROVERS + " provers, as many as there may be. Delete one first.");
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
