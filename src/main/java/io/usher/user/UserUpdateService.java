package io.usher.user;

import io.smallrye.mutiny.Uni;
import io.usher.cache.UserCache;
import io.usher.mail.MailOutbox;
import io.usher.problem.ProblemException;
import io.usher.security.Caller;
import io.usher.security.Client;
import io.usher.security.Scope;
import io.usher.security.UserRef;
import io.usher.web.ExpectedVersion;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Merges into users, by themselves and by their admins. */
@ApplicationScoped
public class UserUpdateService {
    private final UserQueries queries;
    private final PasswordService passwords;
    private final UserUpdates updates;
    private final UserCache cache;
    private final MailOutbox mails;

    @Inject
    UserUpdateService(
            UserQueries queries, PasswordService passwords, UserUpdates updates, UserCache cache, MailOutbox mails) {
        this.queries = queries;
        this.passwords = passwords;
        this.updates = updates;
        this.cache = cache;
        this.mails = mails;
    }

    /** The user after the merge; a merge that changes nothing writes nothing. */
    Uni<AdminUserView> update(Caller caller, Client client, UserRef ref, UserFields fields, ExpectedVersion expected) {
        return queries.require(ref, Scope.of(caller))
                .invoke(user -> requireRights(caller, user, fields))
                .call(user -> proveForNewAddress(caller, client, user, fields))
                .map(user -> user.user().id())
                .call(id -> cache.change(id, () -> updates.update(caller, client, id, fields, expected)))
                .invoke(mails::wake)
                .chain(id -> queries.written(caller, id));
    }

    private static void requireRights(Caller caller, AdminUserView user, UserFields fields) {
        UserGuards.requireMayChange(caller, user.user().id(), user.user().userType());
        FieldRights.require(caller, caller.is(user.user().id()), fields.present());
        FieldRights.requireAddresses(caller, user.user().userType(), fields.present());
    }

    /** A stolen session must not be enough to move an account to another address. */
    private Uni<Void> proveForNewAddress(Caller caller, Client client, AdminUserView user, UserFields fields) {
        boolean sameAddress =
                fields.email() == null || fields.email().equals(user.user().email());
        if (sameAddress || !caller.is(user.user().id())) {
            return Uni.createFrom().voidItem();
        }
        if (fields.currentPassword() == null) {
            throw ProblemException.invalid("currentPassword", "required", "is needed to change your own email address");
        }
        return passwords.prove(caller, client, fields.currentPassword()).replaceWithVoid();
    }
}
