package io.usher.user;

import io.smallrye.mutiny.Uni;
import io.usher.cache.UserCache;
import io.usher.security.Caller;
import io.usher.security.Scope;
import io.usher.security.SessionService;
import io.usher.security.UserRef;
import io.usher.web.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** The sessions of users, for their admins. */
@ApplicationScoped
public class UserSessionsService {
    private final UserQueries queries;
    private final SessionService sessions;
    private final UserCache cache;

    @Inject
    UserSessionsService(UserQueries queries, SessionService sessions, UserCache cache) {
        this.queries = queries;
        this.sessions = sessions;
        this.cache = cache;
    }

    /** The user's live sessions, newest activity first. */
    Uni<Page<SessionService.LiveSession>> list(Caller caller, UserRef ref) {
        return queries.require(ref, Scope.of(caller))
                .chain(user -> sessions.live(user.user().id()))
                .map(Page::whole);
    }

    /** Ends every session of the user. */
    Uni<Void> endAll(Caller caller, UserRef ref) {
        return queries.require(ref, Scope.of(caller))
                .invoke(user -> UserGuards.requireMayChange(
                        caller, user.user().id(), user.user().userType()))
                .map(user -> user.user().id())
                .call(id -> cache.change(id, () -> sessions.endAll(id, null)))
                .replaceWithVoid();
    }
}
