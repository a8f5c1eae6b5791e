package io.usher.user;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.usher.audit.AuditAction;
import io.usher.audit.AuditChanges;
import io.usher.audit.AuditEvent;
import io.usher.audit.AuditService;
import io.usher.cache.UserCache;
import io.usher.security.Caller;
import io.usher.security.Scope;
import io.usher.security.SessionService;
import io.usher.security.UserRef;
import io.usher.web.Page;
import io.usher.web.PageRequest;
import io.usher.web.ShortList;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;

/** The sessions of users, for their admins. */
@ApplicationScoped
public class UserSessionsService {
    static final ShortList<SessionService.LiveSession> PAGES =
            new ShortList<>("session.desc", session -> session.id().toString());

    private final UserQueries queries;
    private final SessionService sessions;
    private final UserCache cache;
    private final AuditService audit;

    @Inject
    UserSessionsService(UserQueries queries, SessionService sessions, UserCache cache, AuditService audit) {
        this.queries = queries;
        this.sessions = sessions;
        this.cache = cache;
        this.audit = audit;
    }

    /** The user's live sessions, newest activity first. */
    Uni<Page<SessionService.LiveSession>> list(Caller caller, UserRef ref, PageRequest page) {
        return queries.require(ref, Scope.of(caller))
                .chain(user -> sessions.live(user.user().id()))
                .map(live -> PAGES.page(live, page));
    }

    /** Ends every session of the user. */
    Uni<Void> endAll(Caller caller, UserRef ref) {
        return queries.require(ref, Scope.of(caller))
                .invoke(user -> UserGuards.requireMayChange(
                        caller, user.user().id(), user.user().userType()))
                .map(user -> user.user().id())
                .chain(id -> cache.change(id, () -> Panache.withTransaction(() -> endAll(id))));
    }

    private Uni<Void> endAll(UUID id) {
        return sessions.endAll(id, null)
                .chain(ended -> ended == 0
                        ? Uni.createFrom().voidItem()
                        : audit.record(
                                AuditEvent.of(AuditAction.SESSIONS_END, id, AuditChanges.of("sessions", null, ended))));
    }
}
