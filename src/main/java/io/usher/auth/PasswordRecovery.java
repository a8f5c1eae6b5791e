package io.usher.auth;

import io.smallrye.mutiny.Uni;
import io.usher.cache.UserCache;
import io.usher.mail.MailOutbox;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.security.Client;
import io.usher.security.OneTimeTokens;
import io.usher.security.Passwords;
import io.usher.user.AccountService;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Gives who has forgotten its password a new one, by mail. */
@ApplicationScoped
class PasswordRecovery {
    private final Passwords passwords;
    private final OneTimeTokens tokens;
    private final PasswordResets resets;
    private final MailOutbox mails;
    private final UserCache cache;

    PasswordRecovery(
            Passwords passwords, OneTimeTokens tokens, PasswordResets resets, MailOutbox mails, UserCache cache) {
        this.passwords = passwords;
        this.tokens = tokens;
        this.resets = resets;
        this.mails = mails;
        this.cache = cache;
    }

    /** Owes the address a mail; whether it has an account is found out when it is sent, so that it shows neither here nor in time. */
    Uni<Void> forgot(AddressRequest request) {
        return mails.add(MailOutbox.Kind.PASSWORD_RESET, request.email()).invoke(mails::wake);
    }

    /** Sets a new password, which also proves the address. @throws ProblemException {@code invalid_code}, {@code overloaded} */
    Uni<Void> reset(ResetPasswordRequest request, Client client) {
        return passwords
                .hash(request.newPassword())
                .chain(hash -> tokens.ownerOfReset(request.token()).chain(owner -> reset(owner, request, hash, client)))
                .invoke(PasswordRecovery::requireDone)
                .invoke(mails::wake)
                .replaceWithVoid();
    }

    private Uni<Boolean> reset(@Nullable UUID owner, ResetPasswordRequest request, String hash, Client client) {
        UUID id = owner == null ? AccountService.NOBODY : owner;
        return cache.change(id, () -> resets.reset(id, request.token(), request.newPassword(), hash, client));
    }

    private static void requireDone(boolean done) {
        if (!done) {
            throw ProblemException.of(ProblemCode.INVALID_CODE);
        }
    }
}
