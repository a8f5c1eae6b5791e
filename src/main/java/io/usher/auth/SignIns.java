package io.usher.auth;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.usher.activity.ActivityService;
import io.usher.activity.ActivityType;
import io.usher.activity.SettingsKind;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.security.Client;
import io.usher.security.OneTimeTokens;
import io.usher.security.OneTimeTokens.Purpose;
import io.usher.security.SessionService;
import io.usher.user.Account;
import io.usher.user.AccountService;
import io.usher.user.UserStatus;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The transactions that end in a new session. Each holds the user's row lock when it opens the session, so that no change of the user misses
 * it. A wrong code or token is an answer (null), not a failure: that it was tried has to be committed.
 */
@ApplicationScoped
class SignIns {
    private final AccountService accounts;
    private final SessionService sessions;
    private final OneTimeTokens tokens;
    private final ActivityService activities;

    SignIns(AccountService accounts, SessionService sessions, OneTimeTokens tokens, ActivityService activities) {
        this.accounts = accounts;
        this.sessions = sessions;
        this.tokens = tokens;
        this.activities = activities;
    }

    /** Signs in who has just shown the password. @param renewed the password at the configured cost, or null */
    @WithTransaction
    Uni<LoginAnswer> withPassword(Account account, String hash, @Nullable String renewed, Client client) {
        return accounts.noteLogin(account, hash, renewed)
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.of(ProblemCode.INVALID_CREDENTIALS))
                .chain(present -> open(present, "password", client));
    }

    /** Proves an address, and signs in; null where the code is wrong. */
    @WithTransaction
    Uni<@Nullable LoginAnswer> withCode(UUID userId, String code, Client client) {
        return accounts.lock(userId).chain(account -> tokens.use(userId, Purpose.VERIFY, code)
                .chain(right -> right && account != null ? verified(account, client) : nothing()));
    }

    /**
     * Sets a first password, and signs in; null where the token is wrong.
     *
     * @param withoutToken whether an account that never had a password needs no token
     */
    @WithTransaction
    Uni<@Nullable LoginAnswer> withFirstPassword(
            UUID userId, @Nullable String setupToken, String hash, boolean withoutToken, Client client) {
        return accounts.lock(userId).chain(account -> mayStart(account, userId, setupToken, withoutToken)
                .chain(may -> may && account != null && account.passwordHash() == null
                        ? started(account, hash, client)
                        : nothing()));
    }

    /** Creates an account that needs no verification, and signs in. */
    @WithTransaction
    Uni<LoginAnswer> asNew(io.usher.user.NewAccount account, Client client) {
        return accounts.create(account).chain(created -> open(created, "registration", client));
    }

    private Uni<Boolean> mayStart(
            @Nullable Account account, UUID userId, @Nullable String setupToken, boolean withoutToken) {
        return withoutToken && account != null && !account.hadPassword()
                ? Uni.createFrom().item(true)
                : tokens.use(userId, Purpose.SETUP, setupToken == null ? "" : setupToken);
    }

    private Uni<@Nullable LoginAnswer> verified(Account account, Client client) {
        requireUsable(account);
        return accounts.verifyEmail(account.id()).chain(verified -> open(verified, "verification", client));
    }

    private Uni<@Nullable LoginAnswer> started(Account account, String hash, Client client) {
        requireUsable(account);
        return accounts.setFirstPassword(account, hash)
                .chain(() -> tokens.revokeAll(account.id()))
                .chain(() -> sessions.endAll(account.id(), null))
                .chain(() ->
                        activities.recordChange(account.id(), account.id(), SettingsKind.PASSWORD, Map.of(), client))
                .chain(() -> open(account, "setup", client));
    }

    /** @param method what was shown: it stands in the details of the activity */
    private Uni<LoginAnswer> open(Account account, String method, Client client) {
        return sessions.open(account.id(), account.roleSet(), client)
                .call(() -> activities.record(account.id(), ActivityType.LOGIN, Map.of("method", method), client))
                .map(opened -> LoginAnswer.of(account, opened));
    }

    /** Fails the transaction, so that the code or token stays unused. */
    private static void requireUsable(Account account) {
        if (account.deleted()) {
            throw ProblemException.of(ProblemCode.INVALID_CODE);
        }
        if (account.status() != UserStatus.PENDING && account.status() != UserStatus.ACTIVE) {
            throw ProblemException.of(ProblemCode.ACCOUNT_INACTIVE);
        }
    }

    private static Uni<@Nullable LoginAnswer> nothing() {
        return Uni.createFrom().nullItem();
    }
}
