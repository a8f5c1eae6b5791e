package io.usher.apikey;

import io.smallrye.mutiny.Uni;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.security.Caller;
import io.usher.security.Subjects;
import io.usher.web.Page;
import io.usher.web.PageRequest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;

/** The API keys of users, for their admins: to see and to revoke, never to use. */
@ApplicationScoped
public class UserApiKeysService {
    private final Subjects subjects;
    private final ApiKeyService keys;
    private final Pool pool;

    @Inject
    UserApiKeysService(Subjects subjects, ApiKeyService keys, Pool pool) {
        this.subjects = subjects;
        this.keys = keys;
        this.pool = pool;
    }

    Uni<Page<ApiKeyView>> list(Caller caller, String user, PageRequest page) {
        return subjects.require(caller, user).chain(id -> keys.list(id, page));
    }

    Uni<ApiKeyView> get(Caller caller, String user, UUID keyId) {
        return subjects.require(caller, user).chain(id -> keys.get(id, keyId));
    }

    Uni<Void> delete(Caller caller, String user, UUID keyId) {
        return changeable(caller, user).chain(id -> keys.delete(id, keyId));
    }

    Uni<Void> deleteAll(Caller caller, String user) {
        return changeable(caller, user).chain(keys::deleteAll);
    }

    private Uni<UUID> changeable(Caller caller, String user) {
        return subjects.require(caller, user).call(id -> requireMayChange(caller, id));
    }

    /** An admin never changes another admin, unless it is super admin. */
    private Uni<Void> requireMayChange(Caller caller, UUID id) {
        if (caller.isSuperAdmin() || caller.is(id)) {
            return Uni.createFrom().voidItem();
        }
        return pool.preparedQuery(ApiKeySql.OWNER_IS_ADMIN)
                .execute(Tuple.of(id))
                .map(rows -> rows.size() > 0 && rows.iterator().next().getBoolean(0))
                .invoke(UserApiKeysService::requireNoAdmin)
                .replaceWithVoid();
    }

    private static void requireNoAdmin(boolean admin) {
        if (admin) {
            throw ProblemException.of(ProblemCode.FORBIDDEN, "Only a super admin can change another admin.");
        }
    }
}
