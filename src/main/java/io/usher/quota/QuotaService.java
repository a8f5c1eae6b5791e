package io.usher.quota;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.usher.audit.AuditEvent;
import io.usher.audit.AuditService;
import io.usher.persistence.Binder;
import io.usher.persistence.Sql;
import io.usher.persistence.Statements;
import io.usher.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How much users have left. What is taken is taken by one statement, which decides and counts at once: there is no moment at which two
 * requests see the same rest, on however many replicas.
 */
@ApplicationScoped
public class QuotaService {
    /** The most that is taken at once. */
    public static final long MAX_AMOUNT = 1_000_000_000;

    private final QuotaRepository repository;
    private final QuotaDefaults defaults;
    private final Statements statements;
    private final AuditService audit;
    private final QuotaMetrics metrics;
    private final Clock clock;

    @Inject
    QuotaService(
            QuotaRepository repository,
            QuotaDefaults defaults,
            Statements statements,
            AuditService audit,
            QuotaMetrics metrics,
            Clock clock) {
        this.repository = repository;
        this.defaults = defaults;
        this.statements = statements;
        this.audit = audit;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** The resources that are configured. */
    public Set<String> resources() {
        return defaults.all().keySet();
    }

    /** The windows that run at a moment, of every configured resource that can be used up: by default, and for rows of each type. */
    public List<RunningQuota> running(Instant now) {
        return defaults.all().entrySet().stream()
                .flatMap(resource -> running(resource.getKey(), resource.getValue(), now))
                .toList();
    }

    private static Stream<RunningQuota> running(String resource, QuotaSetting byDefault, Instant now) {
        Stream<RunningQuota> own = Stream.of(QuotaType.DAILY, QuotaType.WEEKLY)
                .map(type -> new RunningQuota(
                        resource, type.value(), QuotaWindow.at(type, now).start(), null));
        RunningQuota ofDefault = new RunningQuota(
                resource, "", QuotaWindow.at(byDefault.type(), now).start(), byDefault.limit());
        return byDefault.type() == QuotaType.UNLIMITED ? own : Stream.concat(own, Stream.of(ofDefault));
    }

    /**
     * Takes an amount from a user's quota, all or nothing.
     *
     * @param amount 1 to {@link #MAX_AMOUNT}
     * @return the quota after it; fails with {@code quota_exceeded}
     */
    public Uni<QuotaView> consume(UUID userId, String resource, long amount) {
        return take(statements.alone(), userId, resource, amount, binder -> null);
    }

    /** As {@link #consume}; where the caller is somebody else than the user, with an audit event in one transaction. */
    Uni<QuotaView> consumeFor(Caller caller, UUID userId, String resource, long amount) {
        return caller.is(userId)
                ? consume(userId, resource, amount)
                : Panache.withTransaction(() -> take(statements.joined(), userId, resource, amount, binder -> null)
                        .call(() -> audit.record(QuotaEvents.ofConsumption(userId, resource, amount))));
    }

    /**
     * As {@link #consume}, together with a row of a ledger, in the same statement.
     *
     * @param ledger binds what the row needs, and answers the {@code insert … select … from taken t}, where {@code t.round} says
     *     which count was charged, and {@code t.window_start} when its window started; null for no row
     */
    public Uni<QuotaView> take(
            Sql sql, UUID userId, String resource, long amount, Function<Binder, @Nullable String> ledger) {
        Instant now = clock.instant();
        QuotaSetting byDefault = defaults.require(resource, "resource");
        return repository
                .take(sql, new QuotaRepository.Take(userId, resource, amount, byDefault, now), ledger)
                .invoke(taken -> metrics.count(taken, resource))
                .map(taken -> QuotaGuards.requireTaken(taken, resource, byDefault, now));
    }

    /** Every configured resource of a user. */
    public Uni<Map<String, QuotaView>> status(UUID userId) {
        return repository.status(userId, defaults.all(), clock.instant());
    }

    /** Sets what a user may use; resources that are not named stay as they are. */
    public Uni<Map<String, QuotaView>> set(UUID userId, Map<String, QuotaSetting> settings) {
        return Panache.withTransaction(() -> repository
                        .set(statements.joined(), userId, settings, defaults.all(), clock.instant())
                        .chain(this::record))
                .chain(() -> status(userId));
    }

    /**
     * Lets counts begin anew.
     *
     * @param resource null for all
     */
    public Uni<Map<String, QuotaView>> reset(UUID userId, @Nullable String resource) {
        return Panache.withTransaction(() -> repository
                        .reset(statements.joined(), userId, resource, clock.instant())
                        .chain(this::record))
                .chain(() -> status(userId));
    }

    private Uni<Void> record(List<AuditEvent> events) {
        return events.isEmpty() ? Uni.createFrom().voidItem() : audit.recordAll(audit.origin(), events);
    }

    /** Sets what users may use that were created in the present transaction. */
    public Uni<Void> setDefaultsFor(List<UUID> userIds, Map<String, QuotaSetting> settings) {
        return userIds.isEmpty() || settings.isEmpty()
                ? Uni.createFrom().voidItem()
                : repository
                        .setForNew(statements.joined(), userIds, settings, clock.instant())
                        .chain(() -> record(QuotaEvents.ofNew(userIds, settings)));
    }
}
