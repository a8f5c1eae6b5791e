package io.usher.credit;

import io.smallrye.mutiny.Uni;
import io.usher.audit.AuditAction;
import io.usher.audit.AuditChanges;
import io.usher.audit.AuditEvent;
import io.usher.audit.AuditService;
import io.usher.cache.UserCache;
import io.usher.persistence.Idempotency;
import io.usher.persistence.Sql;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.security.Caller;
import io.usher.security.Subjects;
import io.usher.web.IdempotencyKey;
import io.usher.web.Page;
import io.usher.web.PageRequest;
import io.usher.web.RecordedAnswer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Prepaid balances. A balance is the sum of its ledger at every moment, and is never below zero. */
@ApplicationScoped
public class CreditService {
    /** The most that one transaction moves. */
    static final long MAX_AMOUNT = 1_000_000_000_000L;

    /** The highest balance: the largest number that every JSON reader takes as it is (2^53 - 1). */
    static final long MAX_BALANCE = 9_007_199_254_740_991L;

    private final CreditRepository repository;
    private final Idempotency idempotency;
    private final Subjects subjects;
    private final UserCache cache;
    private final AuditService audit;
    private final Clock clock;

    @Inject
    CreditService(
            CreditRepository repository,
            Idempotency idempotency,
            Subjects subjects,
            UserCache cache,
            AuditService audit,
            Clock clock) {
        this.repository = repository;
        this.idempotency = idempotency;
        this.subjects = subjects;
        this.cache = cache;
        this.audit = audit;
        this.clock = clock;
    }

    Uni<CreditBalance> balance(Caller caller, String user) {
        return subjects.require(caller, user)
                .chain(repository::balance)
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.of(ProblemCode.USER_NOT_FOUND))
                .map(CreditBalance::new);
    }

    Uni<Page<CreditTransaction>> transactions(Caller caller, String user, PageRequest page) {
        return subjects.require(caller, user).chain(id -> repository.page(id, page));
    }

    /** Gives, or takes back. Fails with {@code insufficient_credits} where more is taken than there is. */
    Uni<RecordedAnswer> grant(Caller caller, String user, @Nullable IdempotencyKey key, GrantCredits body) {
        return subjects.requireChangeable(caller, user)
                .chain(id -> change(
                        new Idempotency.Request(
                                caller.userId(), key, "POST /api/users/" + id + "/credits/transactions", body),
                        AuditAction.CREDITS_GRANT,
                        entry(caller, id, body.amount(), body.reason(), body.reference())));
    }

    /** Spends the caller's own. Fails with {@code insufficient_credits} where there is less than that. */
    Uni<RecordedAnswer> spend(Caller caller, String user, @Nullable IdempotencyKey key, SpendCredits body) {
        return subjects.require(caller, user)
                .invoke(id -> requireSelf(caller, id))
                .chain(id -> change(
                        new Idempotency.Request(caller.userId(), key, "POST /api/users/" + id + "/credits/spend", body),
                        AuditAction.CREDITS_SPEND,
                        entry(caller, id, -body.amount(), body.reason(), body.reference())));
    }

    private CreditRepository.Entry entry(
            Caller caller, UUID id, long amount, String reason, @Nullable String reference) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return new CreditRepository.Entry(id, amount, reason, reference, caller.userId(), now);
    }

    /** The balance stands in the cached view of the user, so that is void afterwards. */
    private Uni<RecordedAnswer> change(Idempotency.Request request, AuditAction action, CreditRepository.Entry entry) {
        return cache.change(
                entry.userId(),
                () -> idempotency.runAsOne(request, sql -> apply(sql, entry)
                        .call(done -> audit.recordAll(sql, audit.origin(), List.of(event(action, entry, done))))
                        .map(done -> new Idempotency.Effect(201, done, null))));
    }

    /** Its subject is the row of the ledger. */
    private static AuditEvent event(AuditAction action, CreditRepository.Entry entry, CreditTransaction done) {
        AuditChanges changes = AuditChanges.of("amount", null, entry.amount())
                .with("balance", done.balanceAfter() - entry.amount(), done.balanceAfter());
        return new AuditEvent(action, entry.userId(), done.id().toString(), changes);
    }

    private Uni<CreditTransaction> apply(Sql sql, CreditRepository.Entry entry) {
        return repository.change(sql, entry).onItem().ifNull().failWith(() -> refused(entry.amount()));
    }

    private static ProblemException refused(long amount) {
        return amount < 0
                ? ProblemException.of(
                        ProblemCode.INSUFFICIENT_CREDITS,
                        "The balance is less than " + -amount + ". Nothing was taken.")
                : ProblemException.of(
                        ProblemCode.CONFLICT,
                        "The balance would be more than " + MAX_BALANCE + ", the highest there is.");
    }

    private static void requireSelf(Caller caller, UUID id) {
        if (!caller.is(id)) {
            throw ProblemException.of(ProblemCode.FORBIDDEN, "Only the user itself can spend its credits.");
        }
    }
}
