package io.usher.privacy;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.usher.persistence.Statements;
import io.usher.privacy.TableRule.Fate;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Takes from the database who a user was: a statement for each table of {@link PersonalData}. It cannot be undone. */
@ApplicationScoped
public class ErasureService {
    private record Erasure(String table, String sql) {}

    private static final List<Erasure> ERASURES = PersonalData.TABLES.stream()
            .filter(rule -> rule.fate() != Fate.KEPT)
            .map(rule -> new Erasure(rule.table(), PrivacySql.erase(rule)))
            .toList();

    private final Statements statements;

    @Inject
    ErasureService(Statements statements) {
        this.statements = statements;
    }

    /**
     * Erases in the present transaction, which has locked the user's row.
     *
     * @param now from when on it is anonymised, where it was not yet
     * @return how many rows that changed or removed, by table
     */
    public Uni<Map<String, Long>> erase(UUID user, Instant now) {
        Tuple parameters = Tuple.of(user, now.atOffset(ZoneOffset.UTC));
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
