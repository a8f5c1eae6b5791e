package io.usher.user;

import io.smallrye.mutiny.Uni;
import io.usher.cache.UserCache;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.security.Caller;
import io.usher.security.Client;
import io.usher.security.Subjects;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;

/** Lets nobody tell any more who a user was. It cannot be undone. */
@ApplicationScoped
public class AnonymizationService {
    private final Subjects subjects;
    private final PasswordService passwords;
    private final ErasureWrites writes;
    private final UserCache cache;

    @Inject
    AnonymizationService(Subjects subjects, PasswordService passwords, ErasureWrites writes, UserCache cache) {
        this.subjects = subjects;
        this.passwords = passwords;
        this.writes = writes;
        this.cache = cache;
    }

    /**
     * Anonymises the caller itself, who proves its password, or, for a super admin, anybody. Once more erases what has come since, as a rule
     * nothing. Fails with {@code conflict} for the last active super admin.
     */
    Uni<ErasureReceipt> anonymize(Caller caller, Client client, String user, Anonymize body) {
        return subjects.require(caller, user)
                .invoke(id -> requireMay(caller, id))
                .call(id -> prove(caller, client, id, body))
                .chain(id -> cache.change(id, () -> writes.anonymize(caller, id)));
    }

    private static void requireMay(Caller caller, UUID id) {
        if (!caller.is(id) && !caller.isSuperAdmin()) {
            throw ProblemException.of(ProblemCode.FORBIDDEN, "Only a super admin can anonymise somebody else.");
        }
    }

    private Uni<Void> prove(Caller caller, Client client, UUID id, Anonymize body) {
        if (!caller.is(id)) {
            return Uni.createFrom().voidItem();
        }
        if (body.currentPassword() == null) {
            throw ProblemException.invalid("currentPassword", "required", "is needed to anonymise yourself");
        }
        return passwords.proveOwn(caller, client, body.currentPassword());
    }
}
