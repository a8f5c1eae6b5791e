package io.usher.auth;

import io.smallrye.mutiny.Uni;
import io.usher.cache.UserCache;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.security.Client;
import io.usher.security.OneTimeTokens;
import io.usher.security.OneTimeTokens.Purpose;
import io.usher.security.Passwords;
import io.usher.security.SecurityConfig;
import io.usher.user.Account;
import io.usher.user.AccountService;
import io.usher.user.UserStatus;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Objects;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Signs users in. An unknown user, a wrong password and a password that was never set take the same path: one read, one bcrypt, one look for
 * a set-up token. Only who has shown the right password learns that an account is inactive.
 */
@ApplicationScoped
class LoginService {
    private static final Logger LOG = Logger.getLogger(LoginService.class);

    private final AccountService accounts;
    private final Passwords passwords;
    private final OneTimeTokens tokens;
    private final SignIns signIns;
    private final UserCache cache;
    private final boolean openSetup;

    LoginService(
            AccountService accounts,
            Passwords passwords,
            OneTimeTokens tokens,
            SignIns signIns,
            UserCache cache,
            SecurityConfig config) {
        this.accounts = accounts;
        this.passwords = passwords;
        this.tokens = tokens;
        this.signIns = signIns;
        this.cache = cache;
        this.openSetup = config.passwordSetup() == SecurityConfig.PasswordSetup.OPEN;
    }

    /** Signs in by email or username. @throws ProblemException {@code invalid_credentials}, {@code account_inactive}, {@code overloaded} */
    Uni<LoginAnswer> login(LoginRequest request, Client client) {
        return passwords
                .room()
                .chain(() -> accounts.byLogin(request.username()))
                .chain(account -> passwords
                        .matches(request.password(), account == null ? null : account.passwordHash())
                        .chain(right -> right
                                ? signIn(Objects.requireNonNull(account), request, client)
                                : firstLogin(account, request)));
    }

    private Uni<LoginAnswer> signIn(Account account, LoginRequest request, Client client) {
        requireActive(account);
        String hash = Objects.requireNonNull(account.passwordHash());
        return renewed(hash, request.password())
                .chain(renewed ->
                        cache.change(account.id(), () -> signIns.withPassword(account, hash, renewed, client)));
    }

    private Uni<@Nullable String> renewed(String hash, String password) {
        return passwords.isOutdated(hash)
                ? passwords.hash(password)
                : Uni.createFrom().nullItem();
    }

    private Uni<LoginAnswer> firstLogin(@Nullable Account account, LoginRequest request) {
        boolean invited = account != null && account.passwordHash() == null && !account.deleted();
        UUID id = invited && account != null ? account.id() : AccountService.NOBODY;
        boolean open = openSetup && invited && account != null && !account.hadPassword();
        return tokens.isLive(id, Purpose.SETUP, request.password()).map(live -> {
            if (account == null || !invited || !(live || open)) {
                throw refused(account, ProblemCode.INVALID_CREDENTIALS);
            }
            requireMayStart(account);
            return LoginAnswer.passwordSetup(account);
        });
    }

    private static void requireActive(Account account) {
        if (account.deleted()) {
            throw refused(account, ProblemCode.INVALID_CREDENTIALS);
        }
        if (!account.isActive()) {
            throw refused(account, ProblemCode.ACCOUNT_INACTIVE);
        }
    }

    private static void requireMayStart(Account account) {
        if (account.status() != UserStatus.PENDING && account.status() != UserStatus.ACTIVE) {
            throw refused(account, ProblemCode.ACCOUNT_INACTIVE);
        }
    }

    /** Who reads the log sees which accounts are guessed at. By their ids: what was typed as a name may be a password. */
    private static ProblemException refused(@Nullable Account account, ProblemCode code) {
        LOG.infof("Sign-in refused: %s, user %s", code.code(), account == null ? "unknown" : account.id());
        return ProblemException.of(code);
    }
}
