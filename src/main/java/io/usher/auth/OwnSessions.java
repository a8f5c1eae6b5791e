package io.usher.auth;

import io.smallrye.mutiny.Uni;
import io.usher.cache.UserCache;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.security.Caller;
import io.usher.security.SessionService;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** What callers may do with their own sessions. */
@ApplicationScoped
class OwnSessions {
    private final SessionService sessions;
    private final UserCache cache;

    OwnSessions(SessionService sessions, UserCache cache) {
        this.sessions = sessions;
        this.cache = cache;
    }

    Uni<SessionList> list(Caller caller) {
        return sessions.live(caller.userId())
                .map(live -> SessionList.of(live, caller.session().id()));
    }

    /** Ends the session that makes the request. */
    Uni<Void> logout(Caller caller) {
        return cache.change(
                        caller.userId(),
                        () -> sessions.end(caller.userId(), caller.session().id()))
                .replaceWithVoid();
    }

    Uni<Void> logoutEverywhere(Caller caller) {
        return cache.change(caller.userId(), () -> sessions.endAll(caller.userId(), null))
                .replaceWithVoid();
    }

    Uni<Void> endOthers(Caller caller) {
        return cache.change(
                        caller.userId(),
                        () -> sessions.endAll(caller.userId(), caller.session().id()))
                .replaceWithVoid();
    }

    /** Ends one. @throws ProblemException {@code not_found} where it is not live, or not the caller's */
    Uni<Void> end(Caller caller, UUID sessionId) {
        return cache.change(caller.userId(), () -> sessions.end(caller.userId(), sessionId))
                .invoke(OwnSessions::requireEnded)
                .replaceWithVoid();
    }

    private static void requireEnded(boolean ended) {
        if (!ended) {
            throw ProblemException.of(ProblemCode.NOT_FOUND, "You have no such session.");
        }
    }
}
