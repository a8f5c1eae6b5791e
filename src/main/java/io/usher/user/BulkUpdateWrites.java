package io.usher.user;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.usher.persistence.Statements;
import io.usher.security.Caller;
import io.usher.security.Client;
import io.usher.security.Scope;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** The transaction of {@link BulkUpdateService}: a handful of statements, however many users there are. */
@ApplicationScoped
class BulkUpdateWrites {
    /** $1 users, $2 caller. In one order, so that two that change the same users wait for each other instead of locking each other out. */
    private static final String LOCK = "select " + BulkTarget.COLUMNS
            + " from unnest($1::uuid[]) as t (id) join users u on u.id = t.id where {scope} order by u.id for no key update of u";

    /**
     * $1 users. Those who have become active get the usernames that their registrations asked for, where these are free; of several who asked for
     * the same one, the first.
     */
    static final String TAKE_USERNAMES = """
            with asked as (
                select u.id, u.requested_username, row_number() over (partition by lower(u.requested_username) order by u.created_at, u.id) as place
                from unnest($1::uuid[]) as t (id) join users u on u.id = t.id
                where u.requested_username is not null and u.username is null and u.status = 'active'
            )
            update users u set requested_username = null, username = coalesce(u.username, (
                select a.requested_username from asked a
                where a.id = u.id and a.place = 1 and not exists (select from users o where lower(o.username) = lower(a.requested_username))))
            from unnest($1::uuid[]) as t (id)
            where u.id = t.id and u.requested_username is not null and u.status = 'active'
            """;

    private final Statements statements;
    private final BulkRoles roles;
    private final UserGuards guards;
    private final BulkUpdateEffects effects;
    private final Clock clock;

    @Inject
    BulkUpdateWrites(
            Statements statements, BulkRoles roles, UserGuards guards, BulkUpdateEffects effects, Clock clock) {
        this.statements = statements;
        this.roles = roles;
        this.guards = guards;
        this.effects = effects;
        this.clock = clock;
    }

    /** Answers those who are as the changes say now: all that are still there. */
    Uni<Set<UUID>> update(Caller caller, Client client, Set<UUID> ids, UserFields changes) {
        return Panache.withTransaction(() -> lock(Scope.of(caller), ids)
                .invoke(targets -> BulkTarget.requireChangeable(caller, targets, changes))
                .call(targets -> keepOneSuperAdmin(targets, changes))
                .call(targets -> write(caller, client, targets, changes))
                .map(BulkUpdateWrites::ids));
    }

    private Uni<List<BulkTarget>> lock(Scope scope, Set<UUID> ids) {
        return statements
                .joined()
                .run(LOCK.replace("{scope}", scope.sql("$2")), Tuple.of(ids.toArray(UUID[]::new), scope.callerId()))
                .map(rows -> rows.stream().map(BulkTarget::read).toList());
    }

    private Uni<Void> keepOneSuperAdmin(List<BulkTarget> targets, UserFields changes) {
        List<UUID> lost = targets.stream()
                .filter(target ->
                        target.isActiveSuperAdmin() && !target.after(changes).isActiveSuperAdmin())
                .map(BulkTarget::id)
                .toList();
        return lost.isEmpty() ? nothing() : guards.requireAnotherSuperAdmin(lost);
    }

    private Uni<Void> write(Caller caller, Client client, List<BulkTarget> targets, UserFields changes) {
        return roles.replace(targets, changes)
                .chain(oldRoles -> merge(targets, oldRoles, changes))
                .call(changed -> changes.has("status") ? takeUsernames(changed) : nothing())
                .chain(changed -> effects.of(changed, caller, client));
    }

    /** Answers those of whom anything changed. */
    private Uni<List<BulkChange>> merge(
            List<BulkTarget> targets, Map<UUID, List<String>> oldRoles, UserFields changes) {
        UUID[] ids = targets.stream().map(BulkTarget::id).toArray(UUID[]::new);
        Boolean[] rolesChanged = targets.stream()
                .map(target -> oldRoles.containsKey(target.id()))
                .toArray(Boolean[]::new);
        JsonObject given = BulkFields.json(changes).put("roles", custom(changes));
        OffsetDateTime now = OffsetDateTime.now(clock).truncatedTo(ChronoUnit.MILLIS);
        return statements
                .joined()
                .run(BulkFields.UPDATE, Tuple.of(ids, rolesChanged, given.encode(), now))
                .map(rows -> rows.stream()
                        .map(row -> BulkChange.read(row, given, oldRoles))
                        .toList());
    }

    private static List<String> custom(UserFields changes) {
        return changes.roles() == null ? List.of() : BulkRoles.custom(changes.roles());
    }

    private Uni<Void> takeUsernames(List<BulkChange> changed) {
        UUID[] ids = changed.stream().map(BulkChange::userId).toArray(UUID[]::new);
        return statements
                .joined()
                .run(TAKE_USERNAMES, Tuple.tuple().addArrayOfUUID(ids))
                .replaceWithVoid();
    }

    private static Set<UUID> ids(List<BulkTarget> targets) {
        return targets.stream().map(BulkTarget::id).collect(Collectors.toUnmodifiableSet());
    }

    private static Uni<Void> nothing() {
        return Uni.createFrom().voidItem();
    }
}
