package io.usher.user;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.usher.activity.ActivityService;
import io.usher.activity.SettingsKind;
import io.usher.audit.AuditAction;
import io.usher.audit.AuditChanges;
import io.usher.audit.AuditEvent;
import io.usher.audit.AuditService;
import io.usher.security.Caller;
import io.usher.security.Client;
import io.usher.security.OneTimeTokens;
import io.usher.security.Scope;
import io.usher.security.SessionService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.Tuple;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** The statements behind {@link InvitationService}. */
@ApplicationScoped
class InvitationWrites {
    /**
     * In the order of the addresses, so that two calls with the same ones wait for each other instead of locking each other out. What
     * exists is what the snapshot has, so new rows are not among it; what another call inserts meanwhile is neither, and counts as existing.
     * Links lock their users (migration V009): so that two never wait for each other's, whoever is linked is locked before, in the same order.
     */
    private static final String INSERT = """
            with wanted as (
                select value as email from json_array_elements_text(cast(cast(:emails as text) as json)) order by 1
            ), created as (
                insert into users (email, status, created_at, updated_at)
                select email, 'pending', :now, :now from wanted order by email
                on conflict (email) do nothing returning id, email
            ), managed as (
                insert into user_admins (admin_id, user_id, created_at) select :caller, id, :now from created
            ), linked as (
                insert into user_admins (admin_id, user_id, created_at)
                select :caller, u.id, :now from (
                    select id from users where :links and email in (select email from wanted) order by email for no key update
                ) u
                on conflict do nothing returning user_id
            )
            select cast(id as text) as id, email, true as created from created
            union all
            select cast(u.id as text), u.email, false from users u join linked l on l.user_id = u.id
            """;

    /** What became of the addresses that could be wanted; those in neither part existed. */
    record Outcome(Map<String, UUID> created, Map<String, UUID> linked) {
        List<UUID> createdIds() {
            return List.copyOf(created.values());
        }

        /** As the audit log keeps it. @param admin who manages all of them from now on */
        List<AuditEvent> events(UUID admin) {
            Stream<AuditEvent> invited =
                    created.values().stream().map(id -> AuditEvent.of(AuditAction.USER_CREATE, id, AuditChanges.NONE));
            Stream<AuditEvent> managed = linked.values().stream()
                    .map(id -> new AuditEvent(AuditAction.USER_LINK, id, admin.toString(), AuditChanges.NONE));
            return Stream.concat(invited, managed).toList();
        }
    }

    private final UserRepository users;
    private final SessionService sessions;
    private final OneTimeTokens tokens;
    private final ActivityService activities;
    private final AuditService audit;

    @Inject
    InvitationWrites(
            UserRepository users,
            SessionService sessions,
            OneTimeTokens tokens,
            ActivityService activities,
            AuditService audit) {
        this.users = users;
        this.sessions = sessions;
        this.tokens = tokens;
        this.activities = activities;
        this.audit = audit;
    }

    Uni<Outcome> insert(Caller caller, List<String> emails, Instant now) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(INSERT, Tuple.class)
                        .setParameter("emails", new io.vertx.core.json.JsonArray(emails).encode())
                        .setParameter("now", now)
                        .setParameter("caller", caller.userId())
                        .setParameter("links", caller.isSuperAdmin())
                        .getResultList())
                .map(InvitationWrites::outcome)
                .call(outcome -> audit.recordAll(audit.origin(), outcome.events(caller.userId())));
    }

    private static Outcome outcome(List<Tuple> rows) {
        Map<String, UUID> created = new LinkedHashMap<>();
        Map<String, UUID> linked = new LinkedHashMap<>();
        for (Tuple row : rows) {
            String email = row.get("email", String.class);
            Map<String, UUID> part = row.get("created", Boolean.class) ? created : linked;
            part.put(email, UUID.fromString(row.get("id", String.class)));
        }
        return new Outcome(created, linked);
    }

    Uni<InvitationService.Invitation> resetPassword(Caller caller, Client client, UUID id, Instant now) {
        return Panache.withTransaction(() -> users.lock(id, Scope.of(caller))
                .invoke(user -> UserGuards.requireMayChange(caller, id, user.userType))
                .invoke(UserGuards::requireNotDeleted)
                .invoke(user -> clear(user, now))
                .call(() -> sessions.endAll(id, null))
                .call(() -> tokens.revokeAll(id))
                .call(() -> activities.recordChange(id, caller.userId(), SettingsKind.PASSWORD, Map.of(), client))
                .call(() -> audit.record(AuditEvent.of(AuditAction.USER_PASSWORD_RESET, id, AuditChanges.NONE)))
                .chain(() -> tokens.issue(id, OneTimeTokens.Purpose.SETUP))
                .map(InvitationService.Invitation::of));
    }

    private static void clear(User user, Instant now) {
        user.passwordHash = null;
        user.passwordChangedAt = now;
        user.updatedAt = now;
    }
}
