package io.usher.user;

import io.smallrye.mutiny.Uni;
import io.usher.activity.ActivityService;
import io.usher.audit.AuditAction;
import io.usher.audit.AuditChanges;
import io.usher.audit.AuditEvent;
import io.usher.audit.AuditService;
import io.usher.persistence.Statements;
import io.usher.security.Client;
import io.usher.security.OneTimeTokens;
import io.usher.security.Scope;
import io.usher.security.SessionService;
import io.usher.user.UserImportService.Rules;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes what files say of users that are there already, in the present transaction: one statement for a batch, and one for each kind of thing that
 * follows, as it would from a {@code PATCH}: roles, sessions that end, tokens that are void, usernames that were asked for, activities, audit
 * events.
 */
@ApplicationScoped
class ImportUpdates {
    private final Statements statements;
    private final BulkRoles roles;
    private final SessionService sessions;
    private final OneTimeTokens tokens;
    private final ActivityService activities;
    private final AuditService audit;

    @Inject
    ImportUpdates(
            Statements statements,
            BulkRoles roles,
            SessionService sessions,
            OneTimeTokens tokens,
            ActivityService activities,
            AuditService audit) {
        this.statements = statements;
        this.roles = roles;
        this.sessions = sessions;
        this.tokens = tokens;
        this.activities = activities;
        this.audit = audit;
    }

    /** Answers the ids of those who were written, by their addresses; who is not there, or may not be changed, is missing. */
    Uni<Map<String, UUID>> write(Rules rules, List<ImportedUser> users, Instant now) {
        Scope scope = Scope.of(rules.caller());
        String update = ImportSql.update(
                scope.sql("$2"),
                ImportRules.mayChangeAdmins(rules.caller()),
                rules.caller().isSuperAdmin());
        return statements
                .joined()
                .run(update, ImportSql.parameters(now, scope.callerId(), users).tuple())
                .map(rows -> written(rows, users))
                .call(written -> written.isEmpty() ? nothing() : effects(rules, written))
                .map(written -> written.stream()
                        .collect(Collectors.toMap(change -> change.user().email(), Written::id)));
    }

    /** A user that was written, and what changed of it. */
    private record Written(
            UUID id,
            ImportedUser user,
            Set<String> profile,
            boolean password,
            boolean status,
            boolean endsSessions,
            boolean voidsTokens) {}

    private static List<Written> written(RowSet<Row> rows, List<ImportedUser> users) {
        Map<String, ImportedUser> byEmail = users.stream().collect(Collectors.toMap(ImportedUser::email, user -> user));
        return rows.stream()
                .map(row -> new Written(
                        row.getUUID("id"),
                        Objects.requireNonNull(byEmail.get(row.getString("email"))),
                        new TreeSet<>(List.of(row.getArrayOfStrings("profile"))),
                        row.getBoolean("password"),
                        row.getBoolean("status"),
                        row.getBoolean("ends_sessions"),
                        row.getBoolean("voids_tokens")))
                .toList();
    }

    private Uni<Void> effects(Rules rules, List<Written> written) {
        return roles.replaceEach(wantedRoles(rules, written)).chain(oldRoles -> endSessions(written, oldRoles.keySet())
                .chain(() -> tokens.revokeAll(those(written, Written::voidsTokens)))
                .chain(() -> takeUsernames(written))
                .chain(() -> recordActivities(rules, written))
                .chain(() -> audit.recordAll(rules.origin(), events(written, oldRoles))));
    }

    /** Whoever else has a word on roles in the file has nobody in it whose roles that would change ({@link ImportSql#update}). */
    private static Map<UUID, List<String>> wantedRoles(Rules rules, List<Written> written) {
        return written.stream()
                .filter(change ->
                        rules.caller().isSuperAdmin() && change.user().file().has("roles"))
                .collect(Collectors.toMap(Written::id, change -> change.user().roles()));
    }

    private Uni<Void> endSessions(List<Written> written, Set<UUID> withOtherRoles) {
        Set<UUID> ended = new HashSet<>(withOtherRoles);
        ended.addAll(those(written, Written::endsSessions));
        return sessions.endAll(ended);
    }

    private Uni<Void> takeUsernames(List<Written> written) {
        Set<UUID> changed = those(written, Written::status);
        return changed.isEmpty()
                ? nothing()
                : statements
                        .joined()
                        .run(
                                BulkUpdateWrites.TAKE_USERNAMES,
                                Tuple.tuple().addArrayOfUUID(changed.toArray(UUID[]::new)))
                        .replaceWithVoid();
    }

    private Uni<Void> recordActivities(Rules rules, List<Written> written) {
        UUID actor = rules.caller().userId();
        Client client = new Client(
                Objects.requireNonNull(rules.origin().ip()), rules.origin().userAgent());
        Map<UUID, Set<String>> profiles = written.stream()
                .filter(change -> !change.profile().isEmpty())
                .collect(Collectors.toMap(Written::id, Written::profile));
        return activities
                .recordProfileChanges(profiles, actor, client)
                .chain(() -> activities.recordPasswordChanges(those(written, Written::password), actor, client));
    }

    private static List<AuditEvent> events(List<Written> written, Map<UUID, List<String>> oldRoles) {
        return written.stream()
                .map(change ->
                        AuditEvent.of(AuditAction.USER_IMPORT, change.id(), changes(change, oldRoles.get(change.id()))))
                .toList();
    }

    /** @param oldRoles null where they are as they were */
    private static AuditChanges changes(Written change, @Nullable List<String> oldRoles) {
        Set<String> fields = new TreeSet<>(change.user().file().present());
        if (oldRoles == null) {
            return AuditChanges.named(fields);
        }
        fields.remove("roles");
        return AuditChanges.named(fields).with("roles", oldRoles, change.user().roles());
    }

    private static Set<UUID> those(List<Written> written, Predicate<Written> which) {
        return written.stream().filter(which).map(Written::id).collect(Collectors.toSet());
    }

    private static Uni<Void> nothing() {
        return Uni.createFrom().voidItem();
    }
}
