package io.usher.user;

import io.smallrye.mutiny.Uni;
import io.usher.activity.ActivityService;
import io.usher.audit.AuditService;
import io.usher.security.Caller;
import io.usher.security.Client;
import io.usher.security.OneTimeTokens;
import io.usher.security.SessionService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;

/** What {@link UserUpdateEffects} are of one user, of many: a statement each. */
@ApplicationScoped
class BulkUpdateEffects {
    private final SessionService sessions;
    private final OneTimeTokens tokens;
    private final ActivityService activities;
    private final AuditService audit;

    @Inject
    BulkUpdateEffects(SessionService sessions, OneTimeTokens tokens, ActivityService activities, AuditService audit) {
        this.sessions = sessions;
        this.tokens = tokens;
        this.activities = activities;
        this.audit = audit;
    }

    Uni<Void> of(List<BulkChange> changed, Caller caller, Client client) {
        return sessions.endAll(users(changed, UserMerge::endsSessions))
                .chain(() -> tokens.revokeAll(users(changed, UserMerge::voidsTokens)))
                .chain(() -> activities.recordProfileChanges(profiles(changed), caller.userId(), client))
                .chain(() -> audit.recordAll(
                        audit.origin(), changed.stream().map(BulkChange::event).toList()));
    }

    private static List<UUID> users(List<BulkChange> changed, Predicate<Set<String>> fields) {
        return changed.stream()
                .filter(change -> fields.test(change.fields()))
                .map(BulkChange::userId)
                .toList();
    }

    private static Map<UUID, Set<String>> profiles(List<BulkChange> changed) {
        Map<UUID, Set<String>> profiles = new TreeMap<>();
        changed.forEach(change -> profiles.put(change.userId(), UserMerge.profileOf(change.fields())));
        profiles.values().removeIf(Set::isEmpty);
        return profiles;
    }
}
