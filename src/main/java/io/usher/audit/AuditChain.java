package io.usher.audit;

import io.smallrye.mutiny.Uni;
import io.usher.persistence.JobLock;
import io.usher.persistence.LongStatements;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** The chain of hashes over the audit log. What it consists of is the database's business: see the migration, and decision 90. */
@ApplicationScoped
class AuditChain {
    /** Few enough that whoever else wants to seal does not wait for long. */
    private static final int BATCH = 5000;

    private static final String SEAL = "select usher_seal_audit($1::int) where " + JobLock.held("audit-seal");
    private static final String VERIFY = "select valid, events, first_broken, head from usher_verify_audit()";

    private final Pool pool;
    private final LongStatements longStatements;

    @Inject
    AuditChain(Pool pool, LongStatements longStatements) {
        this.pool = pool;
        this.longStatements = longStatements;
    }

    /** Seals what is committed by now, unless another replica does; outside of transactions, a batch in each. */
    Uni<Void> seal() {
        return Uni.createFrom()
                .deferred(() -> pool.preparedQuery(SEAL).execute(Tuple.of(BATCH)))
                .map(AuditChain::sealed)
                .repeat()
                .whilst(done -> done == BATCH)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static int sealed(RowSet<Row> rows) {
        return rows.size() == 0 ? 0 : rows.iterator().next().getInteger(0);
    }

    /** Holds every event against the chain, in one statement. */
    Uni<AuditVerification> verify() {
        return longStatements
                .run(VERIFY, Tuple.tuple())
                .map(rows -> read(rows.iterator().next()));
    }

    private static AuditVerification read(Row row) {
        return new AuditVerification(
                row.getBoolean("valid"), row.getLong("events"), row.getUUID("first_broken"), row.getString("head"));
    }
}
