package io.usher.user;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.usher.cache.UserCache;
import io.usher.security.Caller;
import io.usher.security.Scope;
import io.usher.security.UserRef;
import io.usher.web.Page;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Users as their callers may see them. */
@ApplicationScoped
public class UserService {
    private final UserQueries queries;
    private final UserListQuery lists;
    private final UserCache cache;
    private final Counter hits;
    private final Counter misses;
    private final ObjectMapper json;

    @Inject
    UserService(UserQueries queries, UserListQuery lists, UserCache cache, MeterRegistry metrics, ObjectMapper json) {
        this.queries = queries;
        this.lists = lists;
        this.cache = cache;
        this.hits = views("hit", metrics);
        this.misses = views("miss", metrics);
        this.json = json;
    }

    private static Counter views(String result, MeterRegistry metrics) {
        return Counter.builder("usher.cache.views")
                .description("Callers' own views that were asked for")
                .tag("result", result)
                .register(metrics);
    }

    /** One user. The caller's own view comes out of the cache where it is there, and costs no query. */
    Uni<UserDocument> get(Caller caller, UserRef ref) {
        if (!caller.userId().equals(ref.id())) {
            return queries.require(ref, Scope.of(caller)).map(view -> document(caller, view));
        }
        UserDocument cached = UserDocument.ofCached(caller.cachedView());
        (cached != null ? hits : misses).increment();
        return cached != null ? Uni.createFrom().item(cached) : load(caller);
    }

    /** The caller's own view as JSON, the same that {@code GET /api/users/{id}} answers. */
    public Uni<String> own(Caller caller) {
        return get(caller, UserRef.of(caller.userId())).map(UserDocument::json);
    }

    /** One user as its admins see it; null where it is not there for the caller. */
    public Uni<@Nullable AdminUserView> find(Caller caller, UUID id) {
        return queries.find(UserRef.of(id), Scope.of(caller));
    }

    private Uni<UserDocument> load(Caller caller) {
        return queries.require(UserRef.of(caller.userId()), Scope.of(caller))
                .map(view -> document(caller, view))
                .call(own -> cache.fillView(caller.userId(), caller.cacheGeneration(), own.cached()));
    }

    /** A page of the users in the caller's scope. */
    Uni<Page<AdminUserView>> list(Caller caller, UserFilter filter) {
        return lists.page(Scope.of(caller), filter);
    }

    /** The view that this caller gets. */
    UserDocument document(Caller caller, AdminUserView view) {
        return UserDocument.of(view, caller.isAdmin(), json);
    }
}
