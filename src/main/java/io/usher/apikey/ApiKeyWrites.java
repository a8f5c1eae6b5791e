package io.usher.apikey;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.usher.audit.AuditEvent;
import io.usher.audit.AuditService;
import io.usher.persistence.Statements;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.security.ApiKeySecret;
import io.usher.security.KeyScope;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hibernate.reactive.mutiny.Mutiny;
import org.jspecify.annotations.Nullable;

/** Writes API keys, each with its audit event in one transaction. */
@ApplicationScoped
class ApiKeyWrites {
    private final Statements statements;
    private final AuditService audit;
    private final ApiKeyConfig config;

    @Inject
    ApiKeyWrites(Statements statements, AuditService audit, ApiKeyConfig config) {
        this.statements = statements;
        this.audit = audit;
        this.config = config;
    }

    /** Fails with {@code conflict} where the user has as many as it may. */
    Uni<Void> insert(ApiKeyView key, ApiKeySecret secret) {
        return Panache.withTransaction(() -> Panache.getSession()
                .call(session -> lockOwner(session, key.userId()))
                .chain(session -> insert(session, key, secret))
                .invoke(this::requireRoom)
                .chain(() -> audit.record(ApiKeyEvents.created(key))));
    }

    private static Uni<?> lockOwner(Mutiny.Session session, UUID userId) {
        return session.createNativeQuery(ApiKeySql.LOCK_OWNER, Integer.class)
                .setParameter("user", userId)
                .getResultList();
    }

    private Uni<Integer> insert(Mutiny.Session session, ApiKeyView key, ApiKeySecret secret) {
        String scopes = key.scopes().stream().map(KeyScope::value).collect(Collectors.joining(" "));
        return session.createNativeQuery(ApiKeySql.INSERT)
                .setParameter("id", key.id())
                .setParameter("user", key.userId())
                .setParameter("name", key.name())
                .setParameter("description", key.description() == null ? "" : key.description())
                .setParameter("prefix", secret.prefix())
                .setParameter("hash", secret.hash())
                .setParameter("scopes", scopes)
                .setParameter(
                        "expires",
                        key.expiresAt() == null ? "" : key.expiresAt().toString())
                .setParameter("now", key.createdAt())
                .setParameter("max", config.maxPerUser())
                .executeUpdate();
    }

    private void requireRoom(int inserted) {
        if (inserted == 0) {
            throw ProblemException.of(
                    ProblemCode.CONFLICT,
                    "You have " + config.maxPerUser() + " API keys, as many as there may be. Delete one first.");
        }
    }

    /** Fails with {@code not_found}. */
    Uni<ApiKeyView> update(UUID userId, UUID id, UpdateApiKey body, Instant now) {
        Tuple parameters = Tuple.from(Arrays.<@Nullable Object>asList(
                userId,
                id,
                toSql(now),
                body.name(),
                body.has("description"),
                body.description(),
                body.scopes() == null ? null : names(body.scopes()),
                body.active(),
                body.has("expiresAt"),
                toSql(body.expiresAt())));
        return Panache.withTransaction(() -> statements
                .joined()
                .run(ApiKeySql.UPDATE, parameters)
                .call(rows -> recordUpdate(userId, id, rows))
                .map(ApiKeyQueries::require));
    }

    private Uni<Void> recordUpdate(UUID userId, UUID id, RowSet<Row> rows) {
        AuditEvent event = rows.size() == 0
                ? null
                : ApiKeyEvents.updated(userId, id, rows.iterator().next());
        return event == null || event.changes().isEmpty() ? Uni.createFrom().voidItem() : audit.record(event);
    }

    /** Puts another secret in the place of the present one, which is good until {@code graceEnds}. Fails with {@code not_found}. */
    Uni<ApiKeyView> rotate(UUID userId, UUID id, ApiKeySecret secret, Instant now, @Nullable Instant graceEnds) {
        Tuple parameters = Tuple.from(Arrays.<@Nullable Object>asList(
                userId, id, toSql(now), secret.prefix(), secret.hash(), toSql(graceEnds)));
        long grace = graceEnds == null ? 0 : Duration.between(now, graceEnds).toSeconds();
        return Panache.withTransaction(() -> statements
                .joined()
                .run(ApiKeySql.ROTATE, parameters)
                .map(ApiKeyQueries::require)
                .call(() -> audit.record(ApiKeyEvents.rotated(userId, id, grace))));
    }

    /** Fails with {@code not_found}. */
    Uni<Void> delete(UUID userId, UUID id) {
        return Panache.withTransaction(() -> statements
                .joined()
                .run(ApiKeySql.DELETE, Tuple.of(userId, id))
                .map(SqlResult::rowCount)
                .invoke(ApiKeyWrites::requireOne)
                .chain(() -> audit.record(ApiKeyEvents.revoked(userId, id))));
    }

    Uni<Void> deleteAll(UUID userId) {
        return Panache.withTransaction(() ->
                statements.joined().run(ApiKeySql.DELETE_ALL, Tuple.of(userId)).chain(rows -> recordAll(userId, rows)));
    }

    private Uni<Void> recordAll(UUID userId, RowSet<Row> deleted) {
        List<AuditEvent> events = new ArrayList<>(deleted.size());
        deleted.forEach(row -> events.add(ApiKeyEvents.revoked(userId, row.getUUID("id"))));
        return events.isEmpty() ? Uni.createFrom().voidItem() : audit.recordAll(audit.origin(), events);
    }

    private static void requireOne(int deleted) {
        if (deleted == 0) {
            throw ApiKeyQueries.missing();
        }
    }

    private static String[] names(List<KeyScope> scopes) {
        return scopes.stream().map(KeyScope::value).toArray(String[]::new);
    }

    private static @Nullable OffsetDateTime toSql(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }
}
