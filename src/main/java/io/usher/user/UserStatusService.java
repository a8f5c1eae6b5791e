package io.usher.user;

import io.smallrye.mutiny.Uni;
import io.usher.cache.UserCache;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.security.Caller;
import io.usher.security.Scope;
import io.usher.security.UserRef;
import io.usher.web.ExpectedVersion;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.function.Function;

/** Activates, suspends, deletes and restores users. */
@ApplicationScoped
public class UserStatusService {
    private final UserQueries queries;
    private final UserStatusWrites writes;
    private final ErasureWrites erasures;
    private final UserCache cache;

    @Inject
    UserStatusService(UserQueries queries, UserStatusWrites writes, ErasureWrites erasures, UserCache cache) {
        this.queries = queries;
        this.writes = writes;
        this.erasures = erasures;
        this.cache = cache;
    }

    /** The user with this status; one that has it already stays as it is. */
    Uni<AdminUserView> setStatus(Caller caller, UserRef ref, UserStatus status, ExpectedVersion expected) {
        return change(caller, ref, id -> writes.setStatus(caller, id, status, expected))
                .chain(id -> queries.written(caller, id));
    }

    /** The user undeleted, with the status that it had; one that is not deleted stays as it is. */
    Uni<AdminUserView> restore(Caller caller, UserRef ref, ExpectedVersion expected) {
        return change(caller, ref, id -> writes.restore(caller, id, expected)).chain(id -> queries.written(caller, id));
    }

    /** Takes the user out of lists and logins. Its address stays taken. */
    Uni<Void> delete(Caller caller, UserRef ref, ExpectedVersion expected) {
        return change(caller, ref, id -> writes.delete(caller, id, expected)).replaceWithVoid();
    }

    /** Removes the row, all that hangs on it, and what is personal in the ledgers, deleted before or not. */
    Uni<Void> deletePermanently(Caller caller, UserRef ref, ExpectedVersion expected) {
        if (!caller.isSuperAdmin()) {
            throw ProblemException.of(ProblemCode.FORBIDDEN, "Only a super admin can delete permanently.");
        }
        return change(caller, ref, id -> erasures.deletePermanently(caller, id, expected))
                .replaceWithVoid();
    }

    private Uni<UUID> change(Caller caller, UserRef ref, Function<UUID, Uni<Void>> write) {
        return queries.require(ref, Scope.of(caller))
                .invoke(user -> UserGuards.requireMayChange(
                        caller, user.user().id(), user.user().userType()))
                .map(user -> user.user().id())
                .call(id -> cache.change(id, () -> write.apply(id)));
    }
}
