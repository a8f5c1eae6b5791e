package io.usher.audit;

import io.smallrye.mutiny.Uni;
import io.usher.security.Caller;
import io.usher.security.Scope;
import io.usher.web.Cursor;
import io.usher.web.Page;
import io.usher.web.PageRequest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** Reads the log, and checks that it is whole. */
@ApplicationScoped
class AuditLog {
    private static final Logger LOG = Logger.getLogger(AuditLog.class);

    private final Pool pool;
    private final AuditChain chain;
    private final AuditMetrics metrics;

    @Inject
    AuditLog(Pool pool, AuditChain chain, AuditMetrics metrics) {
        this.pool = pool;
        this.chain = chain;
        this.metrics = metrics;
    }

    /** What was done to users in the caller's scope, newest first; super admins see what was done to roles as well. */
    Uni<Page<AuditView>> page(Caller caller, AuditFilter filter) {
        AuditSql sql = AuditSql.page(Scope.of(caller), filter);
        return pool.preparedQuery(sql.text()).execute(sql.parameters()).map(rows -> page(rows, filter.page()));
    }

    /** Seals what is not sealed yet, and holds every event against the chain. */
    Uni<AuditVerification> verify() {
        return chain.seal().chain(chain::verify).invoke(this::tell);
    }

    private void tell(AuditVerification outcome) {
        metrics.verified(outcome.valid());
        if (!outcome.valid()) {
            LOG.errorf(
                    "The audit log is not what was recorded: of %d events the first at fault is %s",
                    outcome.events(), outcome.firstBrokenId());
        }
    }

    private static Page<AuditView> page(RowSet<Row> rows, PageRequest request) {
        List<AuditView> items = new ArrayList<>(rows.size());
        Long total = null;
        for (Row row : rows) {
            total = row.getLong("total");
            if (row.getUUID("id") != null && items.size() < request.limit()) {
                items.add(AuditView.read(row));
            }
        }
        String next = rows.size() > request.limit() ? cursor(items.get(items.size() - 1)) : null;
        return new Page<>(List.copyOf(items), total, false, request.limit(), request.offset(), next);
    }

    private static String cursor(AuditView last) {
        return new Cursor(AuditFilter.ORDER, last.createdAt().toString(), last.id()).encode();
    }
}
