package io.usher.fieldwork;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.usher.persistence.Statements;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.security.Caller;
import io.usher.security.Subjects;
import io.usher.web.Page;
import io.usher.web.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a field tool found out about the dispensers of a work order: one record for each work order of a user. */
@ApplicationScoped
public class DispenserService {
    private final DispenserRepository repository;
    private final Statements statements;
    private final Subjects subjects;
    private final Clock clock;

    @Inject
    DispenserService(DispenserRepository repository, Statements statements, Subjects subjects, Clock clock) {
        this.repository = repository;
        this.statements = statements;
        this.subjects = subjects;
        this.clock = clock;
    }

    /** Makes the record, or puts this in its place; either counts as an update, also where nothing is different. */
    Uni<StoredDispenser> put(Caller caller, String user, String workOrderId, PutDispenser body) {
        if (!NewDispenser.isWorkOrderId(workOrderId)) {
            throw ProblemException.invalid(
                    "workOrderId",
                    "format",
                    "must have 1 to " + NewDispenser.MAX_ID
                            + " characters, no control characters, and no blank at its ends");
        }
        return subjects.requireChangeable(caller, user)
                .chain(id ->
                        repository.put(id, workOrderId, body, clock.instant().truncatedTo(ChronoUnit.MILLIS)));
    }

    /** Fails with {@code not_found}. */
    Uni<DispenserView> get(Caller caller, String user, String workOrderId) {
        return subjects.require(caller, user)
                .invoke(() -> requirePossible(workOrderId))
                .chain(id -> repository.find(id, workOrderId))
                .onItem()
                .ifNull()
                .failWith(DispenserService::missing);
    }

    /** Fails with {@code not_found}. */
    Uni<Void> delete(Caller caller, String user, String workOrderId) {
        return subjects.requireChangeable(caller, user)
                .invoke(() -> requirePossible(workOrderId))
                .chain(id -> repository.delete(id, workOrderId))
                .invoke(DispenserService::requireDeleted)
                .replaceWithVoid();
    }

    Uni<Page<DispenserView>> list(Caller caller, String user, @Nullable String workOrderId, PageRequest page) {
        return subjects.require(caller, user).chain(id -> repository.page(id, workOrderId, page));
    }

    /**
     * Stores what another system had, with the times that it had there, in the caller's transaction: one statement, for any number of
     * users. What there is for a work order already stays as it is, so that storing the same again changes nothing.
     *
     * @param records whose limits the caller has checked ({@link NewDispenser})
     * @return how many were stored
     */
    @WithTransaction
    public Uni<Integer> storeAll(List<NewDispenser> records) {
        return records.isEmpty() ? Uni.createFrom().item(0) : repository.addAll(statements.joined(), records);
    }

    /** What cannot be an id names nothing. */
    private static void requirePossible(String workOrderId) {
        if (!NewDispenser.isWorkOrderId(workOrderId)) {
            throw missing();
        }
    }

    private static void requireDeleted(boolean deleted) {
        if (!deleted) {
            throw missing();
        }
    }

    private static ProblemException missing() {
        return ProblemException.of(ProblemCode.NOT_FOUND, "There is no record of this work order.");
    }
}
