package io.usher.auth;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.usher.mail.MailOutbox;
import io.usher.mail.MailOutbox.Kind;
import io.usher.security.OneTimeTokens;
import io.usher.user.AccountService;
import io.usher.user.NewAccount;
import jakarta.enterprise.context.ApplicationScoped;

/** The transaction of a registration that awaits its verification: the same statements for a known and an unknown address. */
@ApplicationScoped
class Registrations {
    private final AccountService accounts;
    private final OneTimeTokens tokens;
    private final MailOutbox mails;

    Registrations(AccountService accounts, OneTimeTokens tokens, MailOutbox mails) {
        this.accounts = accounts;
        this.tokens = tokens;
        this.mails = mails;
    }

    /**
     * Notes the registration and owes its address a mail. A code of an earlier registration is void from here on: no code may activate
     * another password than the one that was registered with it.
     */
    @WithTransaction
    Uni<Void> note(NewAccount account) {
        return accounts.register(account)
                .call(tokens::revokeAll)
                .map(id -> id.equals(AccountService.NOBODY) ? Kind.ALREADY_REGISTERED : Kind.VERIFICATION)
                .chain(kind -> mails.add(kind, account.email()));
    }
}
