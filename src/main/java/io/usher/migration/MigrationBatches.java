package io.usher.migration;

import io.smallrye.mutiny.Uni;
import io.usher.migration.MigrationReport.Item;
import io.usher.migration.MigrationReport.Status;
import io.usher.problem.Failures;
import io.usher.problem.FieldError;
import io.usher.problem.LoggedFailure;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.security.Passwords;
import io.usher.user.UserMigrationService;
import io.usher.user.UserMigrationService.Present;
import io.usher.user.UserMigrationService.Written;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Writes newcomers a batch at a time: hash, then one transaction. Where the database refuses one, it is looked for, and the others go on. */
@ApplicationScoped
class MigrationBatches {
    private static final Logger LOG = Logger.getLogger(MigrationBatches.class);
    private static final int MAX_USERS = 100;
    private static final int MAX_ROWS = 10_000;

    /** What is nobody's fault in the file: it passes, and the file can be sent again. */
    private static final Set<ProblemCode> PASSING = Set.of(ProblemCode.DEPENDENCY_UNAVAILABLE, ProblemCode.OVERLOADED);

    private final MigrationWrites writes;
    private final UserMigrationService users;
    private final Passwords passwords;
    private final Clock clock;

    @Inject
    MigrationBatches(MigrationWrites writes, UserMigrationService users, Passwords passwords, Clock clock) {
        this.writes = writes;
        this.users = users;
        this.passwords = passwords;
        this.clock = clock;
    }

    /** Cuts newcomers into batches of a hundred, or fewer where much hangs on them. */
    static List<List<Newcomer>> of(List<Newcomer> newcomers) {
        List<List<Newcomer>> all = new ArrayList<>();
        List<Newcomer> batch = new ArrayList<>();
        int rows = 0;
        for (Newcomer newcomer : newcomers) {
            if (!batch.isEmpty() && (batch.size() == MAX_USERS || rows + newcomer.rows() > MAX_ROWS)) {
                all.add(batch);
                batch = new ArrayList<>();
                rows = 0;
            }
            batch.add(newcomer);
            rows += newcomer.rows();
        }
        if (!batch.isEmpty()) {
            all.add(batch);
        }
        return all;
    }

    /** What became of each, by email. */
    Uni<Map<String, Item>> migrate(List<Newcomer> batch) {
        List<String> clear = batch.stream()
                .map(Newcomer::password)
                .filter(Objects::nonNull)
                .map(Objects::requireNonNull)
                .toList();
        return passwords.hashAll(clear).map(hashes -> withHashes(batch, hashes)).chain(this::store);
    }

    private static List<Newcomer> withHashes(List<Newcomer> batch, List<String> hashes) {
        Iterator<String> next = hashes.iterator();
        return batch.stream()
                .map(newcomer -> newcomer.password() == null ? newcomer : newcomer.withHash(next.next()))
                .toList();
    }

    private Uni<Map<String, Item>> store(List<Newcomer> batch) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return writes.store(batch, now)
                .chain(created -> outcome(batch, created))
                .onFailure(failure -> !isPassing(failure))
                .recoverWithUni(failure -> narrow(batch, failure));
    }

    private static boolean isPassing(Throwable failure) {
        ProblemException problem = Failures.toProblem(failure);
        return problem != null && PASSING.contains(problem.code());
    }

    /** Nothing of the batch was written: halves it, until the one is alone that the database does not take. */
    private Uni<Map<String, Item>> narrow(List<Newcomer> batch, Throwable failure) {
        if (batch.size() == 1) {
            Newcomer alone = batch.get(0);
            return Uni.createFrom().item(Map.of(alone.email(), refused(alone, failure)));
        }
        int half = batch.size() / 2;
        Map<String, Item> outcome = new HashMap<>();
        return store(batch.subList(0, half))
                .invoke(outcome::putAll)
                .chain(() -> store(batch.subList(half, batch.size())))
                .invoke(outcome::putAll)
                .replaceWith(outcome);
    }

    private static Item refused(Newcomer newcomer, Throwable failure) {
        ProblemException problem = Failures.toProblem(failure);
        if (problem == null) {
            LOG.errorf(
                    LoggedFailure.of(failure),
                    "A V1 user could not be written: %s",
                    newcomer.user().id());
        }
        ProblemException known = problem == null ? ProblemException.of(ProblemCode.INTERNAL_ERROR) : problem;
        return Item.failed(
                newcomer.email(),
                List.of(new FieldError("", known.code().code(), Objects.requireNonNull(known.getMessage()))));
    }

    /** Whoever was not created was there by then: another migration, or a registration, came first. */
    private Uni<Map<String, Item>> outcome(List<Newcomer> batch, Map<String, Written> created) {
        List<String> others = batch.stream()
                .map(Newcomer::email)
                .filter(email -> !created.containsKey(email))
                .toList();
        Map<String, Item> outcome = new HashMap<>();
        created.forEach((email, user) ->
                outcome.put(email, new Item(email, user.id(), user.v1Id(), Status.MIGRATED, List.of())));
        return others.isEmpty()
                ? Uni.createFrom().item(outcome)
                : users.find(others)
                        .invoke(present ->
                                others.forEach(email -> outcome.put(email, skipped(email, present.get(email)))))
                        .replaceWith(outcome);
    }

    /** @param user null where it was there, and is gone again */
    private static Item skipped(String email, @Nullable Present user) {
        return user == null
                ? Item.failed(email, List.of(new FieldError("email", "conflict", "was taken for a moment: try again")))
                : new Item(email, user.id(), user.v1Id(), Status.SKIPPED, List.of());
    }
}
