package io.usher.security;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jspecify.annotations.Nullable;

/**
 * Says which key, and so which user, a key's hash names. That never changes, so each process remembers it; whether the key is in force
 * stands elsewhere, and is asked at every request.
 */
@ApplicationScoped
class KeyDirectory {
    private static final int MAX_REMEMBERED = 50_000;

    private final Pool pool;
    private final Cache<String, KeyClaim> known =
            Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();

    @Inject
    KeyDirectory(Pool pool) {
        this.pool = pool;
    }

    /** What this process remembers; null where it has to be looked up. */
    @Nullable
    KeyClaim known(ApiKeySecret secret) {
        return known.getIfPresent(secret.hash());
    }

    /** Looks it up. Fails with {@code unauthenticated} where there is no such key. */
    Uni<KeyClaim> locate(ApiKeySecret secret) {
        String hash = secret.hash();
        return pool.preparedQuery(KeySql.LOCATE)
                .execute(Tuple.of(hash))
                .map(rows -> rows.size() == 0 ? null : claim(rows.iterator().next(), hash))
                .onItem()
                .ifNull()
                .failWith(KeyClaim::invalid)
                .invoke(claim -> known.put(hash, claim));
    }

    private static KeyClaim claim(Row row, String hash) {
        return new KeyClaim(row.getUUID("user_id"), row.getUUID("id"), hash);
    }
}
