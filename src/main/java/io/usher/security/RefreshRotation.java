package io.usher.security;

import io.smallrye.mutiny.Uni;
import io.usher.cache.UserCache;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.security.SessionService.Tokens;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts a new refresh token in the place of a used one. A token that comes a second time was stolen, or its successor was: nobody can tell
 * which of the two holders is the user, so the session ends (RFC 9700, section 4.14.2).
 */
@ApplicationScoped
class RefreshRotation {
    private final Pool pool;
    private final TokenMint mint;
    private final UserCache cache;

    @Inject
    RefreshRotation(Pool pool, TokenMint mint, UserCache cache) {
        this.pool = pool;
        this.mint = mint;
        this.cache = cache;
    }

    Uni<Tokens> rotate(String presented, Instant now) {
        String successor = mint.refreshToken();
        Tuple parameters = Tuple.of(hash(presented), Times.toSql(now), hash(successor));
        return pool.preparedQuery(SessionSql.REFRESH)
                .execute(parameters)
                .map(RefreshRotation::first)
                .chain(row -> answer(row, successor, now));
    }

    private Uni<Tokens> answer(@Nullable Row row, String successor, Instant now) {
        if (row == null) {
            return Uni.createFrom()
                    .failure(ProblemException.of(ProblemCode.UNAUTHENTICATED, "The refresh token is not valid."));
        }
        if (row.getBoolean("issued")) {
            return Uni.createFrom().item(() -> tokens(row, successor, now));
        }
        ProblemException problem = ProblemException.of(refusal(row, now));
        return cache.invalidate(row.getUUID("user_id"))
                .chain(() -> Uni.createFrom().failure(problem));
    }

    private Tokens tokens(Row row, String successor, Instant now) {
        Set<String> roles = Set.of(row.getArrayOfStrings("roles"));
        return mint.tokens(
                row.getUUID("user_id"), row.getUUID("id"), roles, successor, now, Times.get(row, "expires_at"));
    }

    /** Used by this request, and yet none issued: the session ended, or the user was stopped, at the same moment. */
    private static ProblemCode refusal(Row row, Instant now) {
        if (row.getBoolean("used_before")) {
            return ProblemCode.REFRESH_REUSED;
        }
        if (row.getBoolean("ended") || row.getBoolean("used_now")) {
            return ProblemCode.SESSION_REVOKED;
        }
        return Times.get(row, "expires_at").isAfter(now) ? ProblemCode.REFRESH_REUSED : ProblemCode.TOKEN_EXPIRED;
    }

    private static @Nullable Row first(RowSet<Row> rows) {
        return rows.size() == 0 ? null : rows.iterator().next();
    }

    private static Buffer hash(String token) {
        return Buffer.buffer(Secrets.sha256(token));
    }
}
