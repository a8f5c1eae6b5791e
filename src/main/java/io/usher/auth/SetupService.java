package io.usher.auth;

import io.smallrye.mutiny.Uni;
import io.usher.cache.UserCache;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.security.Client;
import io.usher.security.Passwords;
import io.usher.security.SecurityConfig;
import io.usher.user.Account;
import io.usher.user.AccountService;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lets an invited user set its first password. */
@ApplicationScoped
class SetupService {
    private final AccountService accounts;
    private final Passwords passwords;
    private final SignIns signIns;
    private final UserCache cache;
    private final boolean open;

    SetupService(
            AccountService accounts, Passwords passwords, SignIns signIns, UserCache cache, SecurityConfig config) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.signIns = signIns;
        this.cache = cache;
        this.open = config.passwordSetup() == SecurityConfig.PasswordSetup.OPEN;
    }

    /** Sets a first password, and signs in. @throws ProblemException {@code invalid_code}, {@code account_inactive}, {@code overloaded} */
    Uni<LoginAnswer> setPassword(SetPasswordRequest request, Client client) {
        return passwords
                .room()
                .chain(() -> accounts.byEmail(request.email()))
                .map(SetupService::idToStart)
                .chain(id -> passwords.hash(request.password()).chain(hash -> start(id, request, hash, client)));
    }

    private Uni<LoginAnswer> start(UUID id, SetPasswordRequest request, String hash, Client client) {
        return cache.change(id, () -> signIns.withFirstPassword(id, request.setupToken(), hash, open, client))
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.of(ProblemCode.INVALID_CODE));
    }

    private static UUID idToStart(@Nullable Account account) {
        return account == null || account.deleted() || account.passwordHash() != null
                ? AccountService.NOBODY
                : account.id();
    }
}
