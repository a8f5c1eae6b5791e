package io.usher.auth;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.usher.activity.ActivityService;
import io.usher.activity.SettingsKind;
import io.usher.mail.MailOutbox;
import io.usher.mail.MailOutbox.Kind;
import io.usher.security.Client;
import io.usher.security.OneTimeTokens;
import io.usher.security.OneTimeTokens.Purpose;
import io.usher.security.PasswordPolicy;
import io.usher.security.SessionService;
import io.usher.user.Account;
import io.usher.user.AccountService;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.UUID;

/** The transaction of a password reset. */
@ApplicationScoped
class PasswordResets {
    private final AccountService accounts;
    private final OneTimeTokens tokens;
    private final SessionService sessions;
    private final PasswordPolicy policy;
    private final MailOutbox mails;
    private final ActivityService activities;

    PasswordResets(
            AccountService accounts,
            OneTimeTokens tokens,
            SessionService sessions,
            PasswordPolicy policy,
            MailOutbox mails,
            ActivityService activities) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.sessions = sessions;
        this.policy = policy;
        this.mails = mails;
        this.activities = activities;
    }

    /** Sets the password; false where the token is wrong, or the account not active. A password that breaks a rule leaves the token. */
    @WithTransaction
    Uni<Boolean> reset(UUID userId, String token, String password, String hash, Client client) {
        return accounts.lock(userId).chain(account -> tokens.use(userId, Purpose.RESET, token)
                .chain(right -> right && account != null && account.isActive()
                        ? replace(account, password, hash, client)
                        : Uni.createFrom().item(false)));
    }

    private Uni<Boolean> replace(Account account, String password, String hash, Client client) {
        policy.require("newPassword", password, account.email());
        return accounts.resetPassword(account, hash)
                .chain(() -> tokens.revokeAll(account.id()))
                .chain(() -> sessions.endAll(account.id(), null))
                .chain(() -> mails.add(Kind.PASSWORD_CHANGED, account.email()))
                .chain(() ->
                        activities.recordChange(account.id(), account.id(), SettingsKind.PASSWORD, Map.of(), client))
                .replaceWith(true);
    }
}
