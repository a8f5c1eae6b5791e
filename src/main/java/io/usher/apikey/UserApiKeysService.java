package io.usher.apikey;

import io.smallrye.mutiny.Uni;
import io.usher.security.Caller;
import io.usher.security.Subjects;
import io.usher.web.Page;
import io.usher.web.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;

/** The API keys of users, for their admins: to see and to revoke, never to use. */
@ApplicationScoped
public class UserApiKeysService {
    private final Subjects subjects;
    private final ApiKeyService keys;

    @Inject
    UserApiKeysService(Subjects subjects, ApiKeyService keys) {
        this.subjects = subjects;
        this.keys = keys;
    }

    Uni<Page<ApiKeyView>> list(Caller caller, String user, PageRequest page) {
        return subjects.require(caller, user).chain(id -> keys.list(id, page));
    }

    Uni<ApiKeyView> get(Caller caller, String user, UUID keyId) {
        return subjects.require(caller, user).chain(id -> keys.get(id, keyId));
    }

    Uni<Void> delete(Caller caller, String user, UUID keyId) {
        return subjects.requireChangeable(caller, user).chain(id -> keys.delete(id, keyId));
    }

    Uni<Void> deleteAll(Caller caller, String user) {
        return subjects.requireChangeable(caller, user).chain(keys::deleteAll);
    }
}
