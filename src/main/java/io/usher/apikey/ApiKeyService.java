package io.usher.apikey;

import io.smallrye.mutiny.Uni;
import io.usher.cache.UserCache;
import io.usher.persistence.Ids;
import io.usher.security.ApiKeySecret;
import io.usher.web.Page;
import io.usher.web.PageRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * The API keys of a user. What changes a key runs as a change of its user, so that what any replica has cached of it is void at once; a
 * new key is known to nobody yet.
 */
@ApplicationScoped
public class ApiKeyService {
    private final ApiKeyQueries queries;
    private final ApiKeyWrites writes;
    private final UserCache cache;
    private final Clock clock;

    @Inject
    ApiKeyService(ApiKeyQueries queries, ApiKeyWrites writes, UserCache cache, Clock clock) {
        this.queries = queries;
        this.writes = writes;
        this.cache = cache;
        this.clock = clock;
    }

    Uni<CreatedApiKey> create(UUID userId, CreateApiKey body) {
        Instant now = now();
        ApiKeySecret secret = ApiKeySecret.generate();
        ApiKeyView view = new ApiKeyView(
                Ids.next(),
                userId,
                body.name(),
                body.description(),
                secret.prefix(),
                body.scopesOrNone(),
                true,
                body.expiresAt(),
                null,
                now,
                now);
        return writes.insert(view, secret).replaceWith(() -> CreatedApiKey.of(view, secret));
    }

    Uni<Page<ApiKeyView>> list(UUID userId, PageRequest page) {
        return queries.page(userId, page);
    }

    Uni<ApiKeyView> get(UUID userId, UUID id) {
        return queries.get(userId, id);
    }

    /** A merge of nothing changes nothing, not even {@code updatedAt}. */
    Uni<ApiKeyView> update(UUID userId, UUID id, UpdateApiKey body) {
        return body.present().isEmpty()
                ? queries.get(userId, id)
                : cache.change(userId, () -> writes.update(userId, id, body, now()));
    }

    /** A rotation within the grace of another one ends that grace: at most two secrets are good at a time. */
    Uni<CreatedApiKey> rotate(UUID userId, UUID id, RotateApiKey body) {
        Instant now = now();
        Instant graceEnds = body.grace() == 0 ? null : now.plusSeconds(body.grace());
        ApiKeySecret secret = ApiKeySecret.generate();
        return cache.change(userId, () -> writes.rotate(userId, id, secret, now, graceEnds))
                .map(view -> CreatedApiKey.of(view, secret));
    }

    Uni<Void> delete(UUID userId, UUID id) {
        return cache.change(userId, () -> writes.delete(userId, id));
    }

    Uni<Void> deleteAll(UUID userId) {
        return cache.change(userId, () -> writes.deleteAll(userId));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
