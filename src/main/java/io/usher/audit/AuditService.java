package io.usher.audit;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.usher.persistence.Binder;
import io.usher.persistence.Sql;
import io.usher.persistence.Statements;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Keeps who did what to whom: in the transaction of what was done, so that there is never one without the other. */
@ApplicationScoped
public class AuditService {
    private final AuditRepository repository;
    private final AuditOrigins origins;
    private final Statements statements;
    private final Clock clock;

    @Inject
    AuditService(AuditRepository repository, AuditOrigins origins, Statements statements, Clock clock) {
        this.repository = repository;
        this.origins = origins;
        this.statements = statements;
        this.clock = clock;
    }

    /** Who makes the present request; the service itself outside of requests. To be asked before work goes on where no request is. */
    public AuditOrigin origin() {
        return origins.present();
    }

    /** Records what the present request did, in the caller's transaction: one statement, after what the session has not written yet. */
    public Uni<Void> record(AuditEvent event) {
        return record(origin(), event);
    }

    /** As {@link #record(AuditEvent)}, done by somebody else than the request says. */
    public Uni<Void> record(AuditOrigin origin, AuditEvent event) {
        return recordAll(origin, List.of(event));
    }

    /** Records a set of events, in the caller's transaction: one statement however many they are, also where there are none. */
    @WithTransaction
    public Uni<Void> recordAll(AuditOrigin origin, List<AuditEvent> events) {
        return Panache.getSession()
                .chain(session -> session.flush())
                .chain(() -> recordAll(statements.joined(), origin, events));
    }

    /** As {@link #recordAll(AuditOrigin, List)}, where the statements of the transaction are run by this. */
    public Uni<Void> recordAll(Sql sql, AuditOrigin origin, List<AuditEvent> events) {
        return repository.add(sql, origin, events, now());
    }

    /**
     * For a statement that writes many rows: what records, in the same statement, one and the same about each of them.
     *
     * @param binder of the statement
     * @param written the part of its {@code with} list that has written them, and answers their {@code id}
     * @return more parts of that list, to stand after {@code written}
     */
    public String recordingEach(
            Binder binder, AuditOrigin origin, AuditAction action, AuditChanges changes, String written) {
        return AuditRepository.each(binder, origin, action, changes, written, now());
    }

    /** To the millisecond, as everything that leaves the service is. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
