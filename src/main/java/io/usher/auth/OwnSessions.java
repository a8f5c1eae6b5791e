package io.usher.auth;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.usher.activity.ActivityService;
import io.usher.activity.ActivityType;
import io.usher.cache.UserCache;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.security.Caller;
import io.usher.security.Client;
import io.usher.security.SessionService;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What callers may do with their own sessions. */
@ApplicationScoped
class OwnSessions {
    private final SessionService sessions;
    private final UserCache cache;
    private final ActivityService activities;

    OwnSessions(SessionService sessions, UserCache cache, ActivityService activities) {
        this.sessions = sessions;
        this.cache = cache;
        this.activities = activities;
    }

    Uni<SessionList> list(Caller caller) {
        return sessions.live(caller.userId())
                .map(live -> SessionList.of(live, caller.session().id()));
    }

    /** Ends the session that makes the request. */
    Uni<Void> logout(Caller caller, Client client) {
        UUID session = caller.session().id();
        return logout(caller, client, null, () -> sessions.end(caller.userId(), session)
                .map(ended -> ended ? 1 : 0));
    }

    Uni<Void> logoutEverywhere(Caller caller, Client client) {
        return logout(caller, client, Map.of("everywhere", true), () -> sessions.endAll(caller.userId(), null));
    }

    /** Two at once end a session once, and are one logout. */
    private Uni<Void> logout(
            Caller caller, Client client, @Nullable Map<String, ?> details, Supplier<Uni<Integer>> end) {
        return cache.change(
                caller.userId(),
                () -> Panache.withTransaction(() -> end.get()
                        .chain(ended -> ended == 0
                                ? Uni.createFrom().voidItem()
                                : activities.record(caller.userId(), ActivityType.LOGOUT, details, client))));
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
