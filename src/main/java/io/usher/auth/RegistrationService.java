package io.usher.auth;

import io.smallrye.mutiny.Uni;
import io.usher.cache.UserCache;
import io.usher.mail.MailOutbox;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.security.Client;
import io.usher.security.Passwords;
import io.usher.user.Account;
import io.usher.user.AccountService;
import io.usher.user.NewAccount;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes accounts for those who come by themselves, and verifies addresses. */
@ApplicationScoped
class RegistrationService {
    private final RegistrationConfig config;
    private final Passwords passwords;
    private final AccountService accounts;
    private final Registrations registrations;
    private final SignIns signIns;
    private final MailOutbox mails;
    private final UserCache cache;

    RegistrationService(
            RegistrationConfig config,
            Passwords passwords,
            AccountService accounts,
            Registrations registrations,
            SignIns signIns,
            MailOutbox mails,
            UserCache cache) {
        this.config = config;
        this.passwords = passwords;
        this.accounts = accounts;
        this.registrations = registrations;
        this.signIns = signIns;
        this.mails = mails;
        this.cache = cache;
    }

    /**
     * Registers an address.
     *
     * @return the login answer where no verification is asked for, else null
     * @throws ProblemException {@code forbidden} where registration is closed; {@code username_taken}; {@code email_taken} only where no
     *     verification is asked for
     */
    Uni<@Nullable LoginAnswer> register(RegisterRequest request, Client client) {
        if (!config.enabled()) {
            throw ProblemException.of(ProblemCode.FORBIDDEN, "Registration is closed; ask an admin for an invitation.");
        }
        return passwords
                .hash(request.password())
                .map(hash -> new NewAccount(request.email(), hash, request.name(), request.username(), request.phone()))
                .chain(account -> config.verification() ? awaitVerification(account) : signIns.asNew(account, client));
    }

    /** Verifies an address, and signs in. @throws ProblemException {@code invalid_code}, {@code account_inactive} */
    Uni<LoginAnswer> verify(VerifyEmailRequest request, Client client) {
        return accounts.byEmail(request.email())
                .map(RegistrationService::idToVerify)
                .chain(id -> cache.change(id, () -> signIns.withCode(id, request.code(), client)))
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.of(ProblemCode.INVALID_CODE));
    }

    /** Owes the address another code; whether it is due one is found out when it is sent. */
    Uni<Void> resend(AddressRequest request) {
        return mails.add(MailOutbox.Kind.VERIFICATION, request.email()).invoke(mails::wake);
    }

    private Uni<@Nullable LoginAnswer> awaitVerification(NewAccount account) {
        return registrations.note(account).invoke(mails::wake).chain(() -> Uni.createFrom()
                .nullItem());
    }

    private static UUID idToVerify(@Nullable Account account) {
        return account == null || account.deleted() || account.emailVerified() ? AccountService.NOBODY : account.id();
    }
}
