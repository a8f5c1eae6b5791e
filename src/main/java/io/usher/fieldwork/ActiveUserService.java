package io.usher.fieldwork;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.usher.activity.ActivityService;
import io.usher.activity.ActivityType;
import io.usher.cache.UserCache;
import io.usher.persistence.Statements;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.security.Caller;
import io.usher.security.Client;
import io.usher.security.Scope;
import io.usher.security.Subjects;
import io.usher.user.UserService;
import io.usher.user.UserUseService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The user that an admin works as: one each. It gives no rights, and takes none: it is what front ends ask for when they start. */
@ApplicationScoped
public class ActiveUserService {
    private final ActiveUserRepository repository;
    private final Statements statements;
    private final Subjects subjects;
    private final UserService users;
    private final UserUseService use;
    private final ActivityService activities;
    private final UserCache cache;
    private final Clock clock;

    @Inject
    ActiveUserService(
            ActiveUserRepository repository,
            Statements statements,
            Subjects subjects,
            UserService users,
            UserUseService use,
            ActivityService activities,
            UserCache cache,
            Clock clock) {
        this.repository = repository;
        this.statements = statements;
        this.subjects = subjects;
        this.users = users;
        this.use = use;
        this.activities = activities;
        this.cache = cache;
        this.clock = clock;
    }

    /** Fails with {@code no_active_user}. */
    Uni<ActiveUserView> get(Caller caller) {
        return repository
                .find(Scope.of(caller))
                .onItem()
                .ifNull()
                .failWith(ActiveUserService::none)
                .chain(active -> view(caller, active));
    }

    /** Sets it, or sets it again: the user counts as used either way, and as switched to where it is another one than before. */
    Uni<ActiveUserView> set(Caller caller, Client client, String user) {
        return subjects.require(caller, user)
                .chain(id -> cache.change(List.of(id, caller.userId()), () -> write(caller, client, id)))
                .chain(active -> view(caller, active));
    }

    /** Ends it; where there is none, that is well. */
    Uni<Void> end(Caller caller) {
        return cache.change(caller.userId(), () -> repository.delete(caller.userId()));
    }

    private Uni<ActiveUser> write(Caller caller, Client client, UUID user) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return Panache.withTransaction(() -> use.touch(caller, user, now)
                        .chain(() -> repository.set(statements.joined(), Scope.of(caller), user, now))
                        .call(written -> written.switched()
                                ? record(caller, client, user)
                                : Uni.createFrom().voidItem()))
                .map(ActiveUserRepository.Written::row);
    }

    private Uni<Void> record(Caller caller, Client client, UUID user) {
        return activities.record(caller.userId(), ActivityType.USER_SWITCH, Map.of("userId", user), client);
    }

    private Uni<ActiveUserView> view(Caller caller, ActiveUser active) {
        return users.find(caller, active.userId())
                .onItem()
                .ifNull()
                .failWith(ActiveUserService::none)
                .map(active::view);
    }

    private static ProblemException none() {
        return ProblemException.of(ProblemCode.NO_ACTIVE_USER);
    }
}
