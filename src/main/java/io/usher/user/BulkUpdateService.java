package io.usher.user;

import io.smallrye.mutiny.Uni;
import io.usher.cache.UserCache;
import io.usher.persistence.Statements;
import io.usher.security.Caller;
import io.usher.security.Client;
import io.usher.security.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.UUID;

/** One merge for many users: all of them or none, but for those that are not there (decision 91). */
@ApplicationScoped
public class BulkUpdateService {
    private final Statements statements;
    private final BulkUpdateWrites writes;
    private final UserCache cache;

    @Inject
    BulkUpdateService(Statements statements, BulkUpdateWrites writes, UserCache cache) {
        this.statements = statements;
        this.writes = writes;
        this.cache = cache;
    }

    Uni<BulkUpdate.Result> update(Caller caller, Client client, BulkUpdate body) {
        FieldRights.require(caller, false, body.changes().present());
        return BulkTargets.find(statements, Scope.of(caller), body.ids())
                .chain(targets ->
                        change(caller, client, targets.ids(), body.changes()).map(targets::result));
    }

    private Uni<Set<UUID>> change(Caller caller, Client client, Set<UUID> ids, UserFields changes) {
        return cache.change(ids, () -> writes.update(caller, client, ids, changes));
    }
}
