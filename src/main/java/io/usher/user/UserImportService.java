package io.usher.user;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.usher.audit.AuditAction;
import io.usher.audit.AuditChanges;
import io.usher.audit.AuditOrigin;
import io.usher.audit.AuditService;
import io.usher.cache.UserCache;
import io.usher.persistence.Binder;
import io.usher.persistence.Sql;
import io.usher.persistence.Statements;
import io.usher.problem.FieldError;
import io.usher.security.Caller;
import io.usher.security.Scope;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Takes users over from files, a batch at a time: a statement or two for all of them. */
@ApplicationScoped
public class UserImportService {
    private final Statements statements;
    private final ImportUpdates updates;
    private final BulkRoles roles;
    private final UserCache cache;
    private final AuditService audit;
    private final Clock clock;

    @Inject
    UserImportService(
            Statements statements,
            ImportUpdates updates,
            BulkRoles roles,
            UserCache cache,
            AuditService audit,
            Clock clock) {
        this.statements = statements;
        this.updates = updates;
        this.roles = roles;
        this.cache = cache;
        this.audit = audit;
        this.clock = clock;
    }

    /** What becomes of a row whose user is there already. */
    public enum OnConflict {
        SKIP,
        UPDATE,
        FAIL
    }

    /** Whether a transaction's commit waits until it is on disk, or leaves that to {@link UserImportService#flush}. */
    public enum Commit {
        DURABLE,
        LATER
    }

    /**
     * How a batch is written.
     *
     * @param guarded whether anything unique can be somebody's; else only an email can, and two imports of one file at the same time can have a unique
     *     index refuse the batch
     */
    public record Manner(OnConflict onConflict, Commit commit, boolean guarded) {}

    /** What became of a row. */
    public enum State {
        CREATED,
        UPDATED,
        SKIPPED,
        FAILED
    }

    /**
     * What became of a row, and why.
     *
     * @param updated the user that was there already and was written; null else
     * @param error why it failed, or was skipped; null where it was written
     */
    public record Outcome(
            State state, @Nullable UUID updated, @Nullable FieldError error) {}

    /** Who imports, and by which rules, for as long as it takes. */
    public record Rules(Caller caller, AuditOrigin origin, Set<String> roles, Instant now) {
        /** Notes what is wrong with a user; null where something is. */
        public @Nullable ImportedUser apply(FileUser user, List<FieldError> errors) {
            return new ImportRules(caller, roles, now).apply(user, errors);
        }
    }

    /** @param origin of the request that brought the file */
    public Uni<Rules> rules(Caller caller, AuditOrigin origin) {
        return statements.alone().run(ImportSql.ROLES, Tuple.tuple()).map(rows -> {
            Set<String> roles = new HashSet<>();
            rows.forEach(row -> roles.add(row.getString("name")));
            return new Rules(caller, origin, Set.copyOf(roles), clock.instant().truncatedTo(ChronoUnit.MILLIS));
        });
    }

    /**
     * Runs the transaction of a batch so that no stale copy is left of those who are updated by it: those who are known before, and those who came
     * to one of its addresses meanwhile.
     *
     * @param transaction writes these users by {@link #write}
     */
    public Uni<List<Outcome>> changing(
            List<ImportedUser> users, OnConflict mode, Supplier<Uni<List<Outcome>>> transaction) {
        if (mode != OnConflict.UPDATE || users.isEmpty()) {
            return transaction.get();
        }
        return statements
                .alone()
                .run(ImportSql.FIND, Tuple.of(emails(users)))
                .map(UserImportService::ids)
                .chain(ids -> cache.change(ids, transaction).call(outcomes -> invalidateOthers(ids, outcomes)));
    }

    private Uni<Void> invalidateOthers(Set<UUID> known, List<Outcome> outcomes) {
        return Multi.createFrom()
                .iterable(outcomes)
                .filter(outcome -> outcome.updated() != null && !known.contains(outcome.updated()))
                .onItem()
                .transformToUniAndConcatenate(outcome -> cache.invalidate(Objects.requireNonNull(outcome.updated())))
                .onItem()
                .ignoreAsUni();
    }

    /** Waits until everything is on disk that {@link Commit#LATER} left to it: what is told to be done survives a power cut. */
    public Uni<Void> flush() {
        return statements.alone().run(ImportSql.FLUSH, Tuple.tuple()).replaceWithVoid();
    }

    /**
     * Writes the users, in the present transaction; answers what became of each, in their order. No two have the same email, and they are sorted by
     * it: so no import waits for another in a circle.
     */
    public Uni<List<Outcome>> write(Rules rules, List<ImportedUser> users, Manner manner) {
        OnConflict mode = manner.onConflict();
        Caller caller = rules.caller();
        Map<String, Written> done = new HashMap<>();
        if (users.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        Uni<?> updated = mode == OnConflict.UPDATE
                ? update(rules, users, done)
                : Uni.createFrom().voidItem();
        return updated.chain(() -> insert(rules, without(users, done), done, manner))
                .chain(() -> refusals(caller, without(users, done), mode))
                .map(refused -> outcomes(users, done, refused));
    }

    private record Written(State state, UUID id) {}

    private Uni<?> update(Rules rules, List<ImportedUser> users, Map<String, Written> done) {
        return updates.write(rules, users, now())
                .invoke(updated -> updated.forEach((email, id) -> done.put(email, new Written(State.UPDATED, id))));
    }

    /** Super admins see everybody anyway: they are not made the managers of whom they import. */
    private Uni<?> insert(Rules rules, List<ImportedUser> users, Map<String, Written> done, Manner manner) {
        if (users.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Sql sql = statements.joined();
        UUID manager = rules.caller().isSuperAdmin() ? null : rules.caller().userId();
        boolean byEmail = !manner.guarded()
                && users.stream()
                        .allMatch(user ->
                                user.file().username() == null && user.file().id() == null);
        Binder binder = ImportSql.parameters(now(), manager, users);
        String audited =
                audit.recordingEach(binder, rules.origin(), AuditAction.USER_IMPORT, AuditChanges.NONE, "created");
        return sql.run(ImportSql.insert(audited, byEmail, manner.commit()), binder.tuple())
                .invoke(rows -> rows.forEach(
                        row -> done.put(row.getString("email"), new Written(State.CREATED, row.getUUID("id")))))
                .chain(rows -> addRoles(rows, users));
    }

    private Uni<Void> addRoles(RowSet<Row> created, List<ImportedUser> users) {
        Map<String, UUID> ids = new HashMap<>();
        created.forEach(row -> ids.put(row.getString("email"), row.getUUID("id")));
        Map<UUID, List<String>> held = users.stream()
                .filter(user -> !user.roles().isEmpty() && ids.containsKey(user.email()))
                .collect(Collectors.toMap(user -> ids.get(user.email()), ImportedUser::roles));
        return roles.add(held);
    }

    private Uni<Map<String, Outcome>> refusals(Caller caller, List<ImportedUser> users, OnConflict mode) {
        if (users.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        Scope scope = Scope.of(caller);
        Tuple parameters = Tuple.of(
                emails(users),
                users.stream().map(user -> user.file().username()).toArray(String[]::new),
                users.stream().map(ImportedUser::id).toArray(UUID[]::new),
                scope.callerId());
        return statements
                .joined()
                .run(ImportSql.conflicts(scope.sql("$4")), parameters)
                .map(rows -> {
                    Map<String, Outcome> refused = new HashMap<>();
                    rows.forEach(row -> {
                        ImportedUser user = users.get(row.getLong("n").intValue() - 1);
                        refused.put(user.email(), ImportRefusals.of(caller, user, row, mode));
                    });
                    return refused;
                });
    }

    private static List<Outcome> outcomes(
            List<ImportedUser> users, Map<String, Written> done, Map<String, Outcome> refused) {
        return users.stream()
                .map(user -> {
                    Written written = done.get(user.email());
                    return written != null
                            ? new Outcome(written.state(), written.state() == State.UPDATED ? written.id() : null, null)
                            : Objects.requireNonNull(refused.get(user.email()));
                })
                .toList();
    }

    private static List<ImportedUser> without(List<ImportedUser> users, Map<String, Written> done) {
        return done.isEmpty()
                ? users
                : users.stream().filter(user -> !done.containsKey(user.email())).toList();
    }

    private static String[] emails(List<ImportedUser> users) {
        return users.stream().map(ImportedUser::email).toArray(String[]::new);
    }

    private static Set<UUID> ids(RowSet<Row> rows) {
        return rows.stream().map(row -> row.getUUID("id")).collect(Collectors.toUnmodifiableSet());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
