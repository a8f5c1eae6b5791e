package io.usher.user;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.usher.audit.AuditAction;
import io.usher.audit.AuditChanges;
import io.usher.audit.AuditEvent;
import io.usher.audit.AuditService;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/**
 * What signing in needs of users. Reads are one statement each; writes join the caller's transaction, which is also where the caller opens
 * and ends sessions and notes mails.
 */
@ApplicationScoped
public class AccountService {
    /** The id of no user: what is done for it costs as much as for a user, so that time does not tell whether there is one. */
    public static final UUID NOBODY = new UUID(0, 0);

    private final AccountReader reader;
    private final AuditService audit;
    private final Clock clock;

    AccountService(AccountReader reader, AuditService audit, Clock clock) {
        this.reader = reader;
        this.audit = audit;
        this.clock = clock;
    }

    /** The account with this email or username, deleted ones included; null where there is none. */
    public Uni<@Nullable Account> byLogin(String emailOrUsername) {
        return emailOrUsername.indexOf('@') < 0 ? reader.byUsername(emailOrUsername) : reader.byEmail(emailOrUsername);
    }

    /** The account with this email, deleted ones included; null where there is none. */
    public Uni<@Nullable Account> byEmail(String email) {
        return reader.byEmail(email);
    }

    /** Locks the user's row until the transaction ends, and reads the account as it is then; null where there is none. */
    @WithTransaction
    public Uni<@Nullable Account> lock(UUID id) {
        return Panache.getSession().chain(session -> session.find(User.class, id, LockModeType.PESSIMISTIC_WRITE)
                .chain(user -> AccountWrites.rolesOf(session, id)
                        .map(roles -> user == null ? null : AccountReader.account(user, roles))));
    }

    /**
     * Registers an address that has yet to be verified, or renews the registration of one that nobody verified: the newest wins. The
     * username is only asked for: see the schema. Whether the address was known changes neither the statements nor the errors.
     *
     * @return the account that is now waiting for its verification; {@link #NOBODY} where the address has an account, which was not touched
     * @throws ProblemException {@code username_taken}
     */
    @WithTransaction
    public Uni<UUID> register(NewAccount account) {
        return Panache.getSession().chain(session -> requireFree(session, account.username())
                .chain(() -> AccountWrites.register(session, account, clock.instant()))
                .chain(rows -> AccountWrites.idOf(session, account.email()).map(id -> rows > 0 ? id : NOBODY))
                .call(this::recordRegistration));
    }

    /** The same statement whether there is anything to record. */
    private Uni<Void> recordRegistration(UUID id) {
        AuditEvent event = AuditEvent.of(AuditAction.USER_REGISTER, id, AuditChanges.NONE);
        return audit.recordAll(audit.origin().by(id), id.equals(NOBODY) ? List.of() : List.of(event));
    }

    /**
     * Creates an active account whose address nobody verifies.
     *
     * @throws ProblemException {@code email_taken}, {@code username_taken}
     */
    @WithTransaction
    public Uni<Account> create(NewAccount account) {
        return Panache.getSession()
                .chain(session -> requireFree(session, account.username())
                        .chain(() -> AccountWrites.create(session, account, clock.instant()))
                        .invoke(AccountService::requireInserted)
                        .chain(() -> AccountWrites.idOf(session, account.email())))
                .call(this::recordRegistration)
                .chain(this::lock)
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.of(ProblemCode.CONFLICT));
    }

    /**
     * Notes a login under the row lock that keeps a change of the user from missing the session that the caller opens next.
     *
     * @param hash the hash that the password was compared with; where it is no longer the account's, there is no login
     * @param renewed the same password at the configured cost, or null to leave it
     * @return the account with its present roles, or null where it may no longer sign in
     */
    @WithTransaction
    public Uni<@Nullable Account> noteLogin(Account account, String hash, @Nullable String renewed) {
        return Panache.getSession()
                .chain(session -> AccountWrites.noteLogin(session, account.id(), hash, renewed, clock.instant())
                        .chain(rows -> rows == 0
                                ? Uni.createFrom().<Account>nullItem()
                                : AccountWrites.rolesOf(session, account.id()).map(account::withRoles)));
    }

    /**
     * Notes that the address is proven, which makes a pending account active, and a login. The caller holds the row lock.
     *
     * @return the account as it is now; a registration has got its username, where that was still free
     */
    @WithTransaction
    public Uni<Account> verifyEmail(UUID id) {
        return Panache.getSession().chain(session -> AccountWrites.verifyEmail(session, id, clock.instant())
                .chain(() -> session.find(User.class, id))
                .invoke(session::detach) // loaded under the lock, before the statement changed it
                .call(old -> recordSelf(
                        AuditAction.USER_VERIFY,
                        id,
                        activated(proven(AuditChanges.NONE, old.emailVerified), old.status)))
                .chain(() -> session.find(User.class, id))
                .chain(user -> AccountWrites.rolesOf(session, id).map(roles -> AccountReader.account(user, roles))));
    }

    /** Sets a first password, which makes a pending account active, and notes a login. The caller holds the row lock. */
    @WithTransaction
    public Uni<Void> setFirstPassword(Account account, String hash) {
        UUID id = account.id();
        AuditChanges changes = activated(AuditChanges.of("method", null, "setup"), account.status());
        return Panache.getSession()
                .chain(session -> AccountWrites.setFirstPassword(session, id, hash, clock.instant()))
                .chain(() -> recordSelf(AuditAction.USER_PASSWORD, id, changes));
    }

    /** Replaces the password on the strength of a mailed token, which proves the address as well. The caller holds the row lock. */
    @WithTransaction
    public Uni<Void> resetPassword(Account account, String hash) {
        UUID id = account.id();
        AuditChanges changes = proven(AuditChanges.of("method", null, "reset"), account.emailVerified());
        return Panache.getSession()
                .chain(session -> AccountWrites.resetPassword(session, id, hash, clock.instant()))
                .chain(() -> recordSelf(AuditAction.USER_PASSWORD, id, changes));
    }

    /** Who came with a code or a token that was its own did it. */
    private Uni<Void> recordSelf(AuditAction action, UUID id, AuditChanges changes) {
        return audit.record(audit.origin().by(id), AuditEvent.of(action, id, changes));
    }

    private static AuditChanges proven(AuditChanges changes, boolean before) {
        return before ? changes : changes.with("emailVerified", false, true);
    }

    private static AuditChanges activated(AuditChanges changes, UserStatus before) {
        return before == UserStatus.PENDING ? changes.with("status", before, UserStatus.ACTIVE) : changes;
    }

    private static Uni<Void> requireFree(Mutiny.Session session, @Nullable String username) {
        return username == null
                ? Uni.createFrom().voidItem()
                : AccountWrites.isTaken(session, username)
                        .invoke(AccountService::requireFree)
                        .replaceWithVoid();
    }

    private static void requireFree(boolean taken) {
        if (taken) {
            throw ProblemException.of(ProblemCode.USERNAME_TAKEN);
        }
    }

    private static void requireInserted(int rows) {
        if (rows == 0) {
            throw ProblemException.of(ProblemCode.EMAIL_TAKEN);
        }
    }
}
