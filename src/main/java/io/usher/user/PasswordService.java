package io.usher.user;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.usher.activity.ActivityService;
import io.usher.activity.SettingsKind;
import io.usher.audit.AuditAction;
import io.usher.audit.AuditChanges;
import io.usher.audit.AuditEvent;
import io.usher.audit.AuditService;
import io.usher.cache.UserCache;
import io.usher.mail.MailOutbox;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.ratelimit.RateLimiter;
import io.usher.security.Caller;
import io.usher.security.Client;
import io.usher.security.OneTimeTokens;
import io.usher.security.PasswordPolicy;
import io.usher.security.Passwords;
import io.usher.security.Scope;
import io.usher.security.SessionService;
import io.usher.security.UserRef;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;

/** The caller's own password: proving it, and changing it. */
@ApplicationScoped
public class PasswordService {
    private final UserQueries queries;
    private final Passwords passwords;
    private final PasswordPolicy policy;
    private final UserCache cache;
    private final PasswordWrites writes;
    private final RateLimiter limiter;

    @Inject
    PasswordService(
            UserQueries queries,
            Passwords passwords,
            PasswordPolicy policy,
            UserCache cache,
            PasswordWrites writes,
            RateLimiter limiter) {
        this.queries = queries;
        this.passwords = passwords;
        this.policy = policy;
        this.cache = cache;
        this.writes = writes;
        this.limiter = limiter;
    }

    /**
     * Replaces the caller's password. Every other session ends, set-up and reset tokens are void, and the owner gets a notice by mail.
     * Counts as one of the caller's tries at its own password, so the resource need not.
     *
     * @throws ProblemException {@code invalid_credentials} where the current password is wrong, {@code validation_failed} on
     *     {@code newPassword}
     */
    public Uni<Void> change(Caller caller, Client client, String currentPassword, String newPassword) {
        return prove(caller, client, currentPassword)
                .invoke(proven -> policy.require("newPassword", newPassword, proven.email()))
                .chain(proven -> passwords
                        .hash(newPassword)
                        .chain(hash -> cache.change(
                                caller.userId(),
                                () -> writes.change(
                                        caller, client, Objects.requireNonNull(proven.passwordHash()), hash))))
                .invoke(writes::announce);
    }

    /** As {@link #change}, where a path names the user. */
    Uni<Void> changeOwn(Caller caller, Client client, UserRef ref, ChangePassword body) {
        return queries.require(ref, Scope.of(caller))
                .invoke(user -> requireSelf(caller, user))
                .chain(() -> change(caller, client, body.currentPassword(), body.newPassword()));
    }

    private static void requireSelf(Caller caller, AdminUserView user) {
        if (!caller.is(user.user().id())) {
            throw ProblemException.of(ProblemCode.FORBIDDEN, "Only the user itself can change its password this way.");
        }
    }

    /** Done once the password is proven to be the caller's; fails with {@code invalid_credentials}. Counts as a try at it. */
    public Uni<Void> proveOwn(Caller caller, Client client, String password) {
        return prove(caller, client, password).replaceWithVoid();
    }

    /** The caller's credentials, once the password is proven to be the caller's. Tries are few, wherever they are made. */
    Uni<UserQueries.Credentials> prove(Caller caller, Client client, String password) {
        return limiter.sensitive("change-password", caller.userId().toString(), client.ip())
                .chain(passwords::room)
                .chain(() -> queries.credentials(caller.userId()))
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.of(ProblemCode.SESSION_REVOKED))
                .chain(known -> passwords
                        .matches(password, known.passwordHash())
                        .invoke(PasswordService::requireMatch)
                        .replaceWith(known));
    }

    private static void requireMatch(boolean matches) {
        if (!matches) {
            throw ProblemException.of(ProblemCode.INVALID_CREDENTIALS, "The current password is wrong.");
        }
    }

    /** The transaction of a change. */
    @ApplicationScoped
    static class PasswordWrites {
        private final UserRepository users;
        private final SessionService sessions;
        private final OneTimeTokens tokens;
        private final MailOutbox mails;
        private final ActivityService activities;
        private final AuditService audit;
        private final Clock clock;

        @Inject
        PasswordWrites(
                UserRepository users,
                SessionService sessions,
                OneTimeTokens tokens,
                MailOutbox mails,
                ActivityService activities,
                AuditService audit,
                Clock clock) {
            this.users = users;
            this.sessions = sessions;
            this.tokens = tokens;
            this.mails = mails;
            this.activities = activities;
            this.audit = audit;
            this.clock = clock;
        }

        /** The old hash must still be the user's: whoever proved a password that was replaced meanwhile has proven nothing. */
        Uni<Void> change(Caller caller, Client client, String oldHash, String newHash) {
            return Panache.withTransaction(() -> users.lock(caller.userId())
                    .invoke(user -> requireMatch(user != null && oldHash.equals(user.passwordHash)))
                    .invoke(user -> set(Objects.requireNonNull(user), newHash))
                    .call(user -> sessions.endAll(user.id, caller.session().id()))
                    .call(user -> tokens.revokeAll(user.id))
                    .call(user -> mails.add(MailOutbox.Kind.PASSWORD_CHANGED, user.email))
                    .call(user -> activities.recordChange(user.id, user.id, SettingsKind.PASSWORD, Map.of(), client))
                    .chain(user -> audit.record(AuditEvent.of(
                            AuditAction.USER_PASSWORD, user.id, AuditChanges.of("method", null, "change")))));
        }

        void announce() {
            mails.wake();
        }

        private void set(User user, String hash) {
            user.passwordHash = hash;
            user.passwordChangedAt = clock.instant();
            user.updatedAt = clock.instant();
        }
    }
}
