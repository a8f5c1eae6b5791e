package io.usher.privacy;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.usher.audit.AuditAction;
import io.usher.audit.AuditChanges;
import io.usher.audit.AuditEvent;
import io.usher.audit.AuditService;
import io.usher.cache.UserCache;
import io.usher.persistence.Statements;
import io.usher.privacy.TableRule.Fate;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.security.Caller;
import io.usher.security.Client;
import io.usher.security.Subjects;
import io.usher.user.PasswordService;
import io.usher.user.UserErasureService;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Takes from the database who a user was, in one transaction: a statement for each table of {@link PersonalData}. It cannot be undone. */
@ApplicationScoped
public class AnonymizationService {
    private record Erasure(String table, String sql) {}

    private static final List<Erasure> ERASURES = PersonalData.TABLES.stream()
            .filter(rule -> rule.fate() != Fate.KEPT)
            .map(rule -> new Erasure(rule.table(), PrivacySql.erase(rule)))
            .toList();

    private final Subjects subjects;
    private final PasswordService passwords;
    private final UserErasureService users;
    private final AuditService audit;
    private final UserCache cache;
    private final Statements statements;
    private final Clock clock;

    @Inject
    AnonymizationService(
            Subjects subjects,
            PasswordService passwords,
            UserErasureService users,
            AuditService audit,
            UserCache cache,
            Statements statements,
            Clock clock) {
        this.subjects = subjects;
        this.passwords = passwords;
        this.users = users;
        this.audit = audit;
        this.cache = cache;
        this.statements = statements;
        this.clock = clock;
    }

    /**
     * Anonymises the caller itself, who proves its password, or, for a super admin, anybody. Once more erases what has come since, as a rule
     * nothing. Fails with {@code conflict} for the last active super admin.
     */
    Uni<ErasureReceipt> anonymize(Caller caller, Client client, String user, Anonymize body) {
        return subjects.require(caller, user)
                .invoke(id -> requireMay(caller, id))
                .call(id -> prove(caller, client, id, body))
                .chain(id -> cache.change(id, () -> Panache.withTransaction(() -> erase(caller, id))));
    }

    private static void requireMay(Caller caller, UUID id) {
        if (!caller.is(id) && !caller.isSuperAdmin()) {
            throw ProblemException.of(ProblemCode.FORBIDDEN, "Only a super admin can anonymise somebody else.");
        }
    }

    private Uni<Void> prove(Caller caller, Client client, UUID id, Anonymize body) {
        if (!caller.is(id)) {
            return Uni.createFrom().voidItem();
        }
        if (body.currentPassword() == null) {
            throw ProblemException.invalid("currentPassword", "required", "is needed to anonymise yourself");
        }
        return passwords.proveOwn(caller, client, body.currentPassword());
    }

    /** The event comes first: from where a user asked for it is erased with the rest. */
    private Uni<ErasureReceipt> erase(Caller caller, UUID id) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return users.lock(caller, id, now)
                .call(() -> audit.record(AuditEvent.of(AuditAction.USER_ANONYMIZE, id, AuditChanges.NONE)))
                .chain(since -> eraseAll(id, now).map(erased -> new ErasureReceipt(id, since, erased)));
    }

    private Uni<Map<String, Long>> eraseAll(UUID id, Instant now) {
        Tuple parameters = Tuple.of(id, now.atOffset(ZoneOffset.UTC));
        return Multi.createFrom()
                .iterable(ERASURES)
                .onItem()
                .transformToUniAndConcatenate(erasure -> statements
                        .joined()
                        .run(erasure.sql(), parameters)
                        .map(rows -> Map.entry(
                                erasure.table(), rows.iterator().next().getLong("rows"))))
                .collect()
                .in(LinkedHashMap::new, (all, one) -> all.put(one.getKey(), one.getValue()));
    }
}
