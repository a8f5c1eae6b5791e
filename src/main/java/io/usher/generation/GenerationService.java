package io.usher.generation;

import io.smallrye.mutiny.Uni;
import io.usher.persistence.Idempotency;
import io.usher.persistence.Ids;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.quota.QuotaService;
import io.usher.security.Caller;
import io.usher.security.Client;
import io.usher.security.Scope;
import io.usher.security.Subjects;
import io.usher.security.UserRef;
import io.usher.web.IdempotencyKey;
import io.usher.web.Page;
import io.usher.web.QueryReader;
import io.usher.web.RecordedAnswer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What users let be made: each is charged to a quota when it begins, and given back when it fails. */
@ApplicationScoped
public class GenerationService {
    private final GenerationRepository repository;
    private final QuotaService quotas;
    private final Idempotency idempotency;
    private final Subjects subjects;
    private final Clock clock;

    @Inject
    GenerationService(
            GenerationRepository repository,
            QuotaService quotas,
            Idempotency idempotency,
            Subjects subjects,
            Clock clock) {
        this.repository = repository;
        this.quotas = quotas;
        this.idempotency = idempotency;
        this.subjects = subjects;
        this.clock = clock;
    }

    /** Charges and begins, in one statement. Fails with {@code quota_exceeded}, and then there is neither. */
    Uni<RecordedAnswer> create(Caller caller, Client client, @Nullable IdempotencyKey key, CreateGeneration body) {
        GenerationView row = pending(caller, client, body);
        return idempotency.run(
                new Idempotency.Request(caller.userId(), key, "POST /api/generations", body.normal()),
                sql -> quotas.take(
                                sql,
                                caller.userId(),
                                body.type(),
                                row.cost(),
                                binder -> GenerationRepository.insert(row, binder))
                        .map(quota -> new Idempotency.Effect(
                                201, new CreatedGeneration(row, quota), "/api/generations/" + row.id())));
    }

    private GenerationView pending(Caller caller, Client client, CreateGeneration body) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return new GenerationView(
                Ids.next(),
                caller.userId(),
                body.type(),
                GenerationStatus.PENDING,
                body.prompt(),
                body.model(),
                body.metadata() == null ? null : body.metadata().toString(),
                body.costOrOne(),
                null,
                null,
                false,
                client.ip(),
                now,
                null);
    }

    /**
     * Ends one, once: the caller's own, or, for the workers that do what users ask for, one of a user in an admin's scope. A failure gives
     * back what was charged, in the same statement.
     */
    Uni<GenerationView> end(Caller caller, String id, EndGeneration end) {
        Scope scope = Scope.of(caller);
        UUID generation = requireId(id);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return repository
                .end(scope, generation, end, now, quotas.running(now))
                .onItem()
                .ifNull()
                .switchTo(() -> find(scope, generation).map(GenerationService::requirePending));
    }

    /** One: the caller's own, or one of a user in an admin's scope. */
    Uni<GenerationView> get(Caller caller, String id) {
        return find(Scope.of(caller), requireId(id));
    }

    private Uni<GenerationView> find(Scope scope, UUID id) {
        return repository.find(scope, id).onItem().ifNull().failWith(GenerationService::notFound);
    }

    /** The caller's own. */
    Uni<Page<GenerationView>> own(Caller caller, QueryReader query) {
        GenerationFilter filter = GenerationFilter.from(query, quotas.resources());
        return repository.page(caller.userId(), filter, GenerationView::read);
    }

    /** Those of a user in an admin's scope. */
    Uni<Page<AdminGenerationView>> of(Caller caller, String user, QueryReader query) {
        GenerationFilter filter = GenerationFilter.from(query, quotas.resources());
        return subjects.require(caller, user)
                .chain(id -> repository.page(
                        id, filter, row -> new AdminGenerationView(GenerationView.read(row), row.getString("email"))));
    }

    /** An id that is none names nothing. */
    private static UUID requireId(String id) {
        UUID parsed = UserRef.parse(id).id();
        if (parsed == null) {
            throw notFound();
        }
        return parsed;
    }

    private static GenerationView requirePending(GenerationView found) {
        if (found.status() == GenerationStatus.PENDING) {
            return found;
        }
        throw ProblemException.of(
                ProblemCode.CONFLICT, "It has ended already: " + found.status().value() + ".");
    }

    private static ProblemException notFound() {
        return ProblemException.of(ProblemCode.NOT_FOUND, "There is no such generation.");
    }
}
