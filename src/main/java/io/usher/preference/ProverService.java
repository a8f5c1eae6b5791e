package io.usher.preference;

import io.smallrye.mutiny.Uni;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.security.Caller;
import io.usher.security.Client;
import io.usher.security.Subjects;
import io.usher.web.Page;
import io.usher.web.PageRequest;
import io.usher.web.ShortList;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.regex.Pattern;

/** A user's provers, one by one: the same ones as in its prover preference. */
@ApplicationScoped
class ProverService {
    private static final Pattern ID = Pattern.compile(Prover.ID);
    private static final int LONGEST_ID = 100;

    static final ShortList<Prover> PAGES = new ShortList<>("prover.asc", Prover::proverId);

    private final PreferenceRepository repository;
    private final PreferenceWrites writes;
    private final Subjects subjects;

    @Inject
    ProverService(PreferenceRepository repository, PreferenceWrites writes, Subjects subjects) {
        this.repository = repository;
        this.writes = writes;
        this.subjects = subjects;
    }

    Uni<Page<Prover>> list(Caller caller, String user, PageRequest page) {
        return subjects.require(caller, user).chain(repository::provers).map(all -> PAGES.page(all, page));
    }

    /** Makes the prover, or puts this one in its place. Fails with {@code validation_failed}, and {@code conflict} where there are too many. */
    Uni<Prover> put(Caller caller, Client client, String user, String proverId, PutProver body) {
        String id = proverId.strip();
        if (!isId(id)) {
            throw ProblemException.invalid(
                    "proverId", "format", "must have 1 to " + LONGEST_ID + " characters, and " + Prover.ID_MESSAGE);
        }
        Prover prover = body.of(id);
        return subjects.requireChangeable(caller, user)
                .chain(found -> writes.putProver(change(caller, client, found), prover));
    }

    /** Fails with {@code not_found} where there is no such prover. */
    Uni<Void> delete(Caller caller, Client client, String user, String proverId) {
        String id = proverId.strip();
        return subjects.requireChangeable(caller, user)
                .invoke(found -> requirePossible(id))
                .chain(found -> writes.deleteProver(change(caller, client, found), id));
    }

    /** A name that no prover can have is that of none. */
    private static void requirePossible(String id) {
        if (!isId(id)) {
            throw ProblemException.of(ProblemCode.NOT_FOUND);
        }
    }

    private static boolean isId(String id) {
        return !id.isEmpty() && id.length() <= LONGEST_ID && ID.matcher(id).matches();
    }

    private static PreferenceWrites.Change change(Caller caller, Client client, UUID userId) {
        return new PreferenceWrites.Change(caller, client, userId, PreferenceCategory.PROVER);
    }
}
