package io.usher.security;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.usher.persistence.Statements;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Set-up tokens, reset tokens and verification codes: stored as SHA-256, single use, expiring, one of each purpose per user. */
@ApplicationScoped
public class OneTimeTokens {
    /** Wrong tries after which a code is void. */
    private static final int MAX_ATTEMPTS = 5;

    private static final String ISSUE = """
            insert into one_time_tokens (user_id, purpose, token_hash, created_at, expires_at)
            select r.user_id, :purpose, decode(r.token_hash, 'hex'), :now, :expires
            from json_to_recordset(cast(cast(:tokens as text) as json)) as r (user_id uuid, token_hash text)
            order by r.user_id
            on conflict (user_id, purpose) do update
            set token_hash = excluded.token_hash, created_at = excluded.created_at, expires_at = excluded.expires_at,
                used_at = null, attempts = 0
            """;
    private static final String IS_LIVE = """
            select 1 from one_time_tokens
            where user_id = $1 and purpose = $2 and token_hash = $3 and used_at is null and expires_at > $4
            """;
    private static final String USE = """
            update one_time_tokens
            set attempts = attempts + 1, used_at = case when token_hash = :hash then cast(:now as timestamptz) end
            where user_id = :user and purpose = :purpose and used_at is null and expires_at > :now
              and (purpose <> 'verify' or attempts < :max)
            returning used_at is not null
            """;
    private static final String OWNER_OF_RESET = """
            select user_id from one_time_tokens
            where token_hash = $1 and purpose = 'reset' and used_at is null and expires_at > $2
            """;
    private static final String REVOKE = "delete from one_time_tokens where user_id = any($1::uuid[])";

    /** What a token is good for. */
    public enum Purpose {
        /** First login of an invited user: 256 bit, 7 days. */
        SETUP("usst_", Duration.ofDays(7)),
        /** Forgotten password: 256 bit, 1 hour. */
        RESET("usrp_", Duration.ofHours(1)),
        /** Proof of an email address: 6 digits, 10 minutes, 5 tries. */
        VERIFY("", Duration.ofMinutes(10));

        private final String prefix;
        private final Duration ttl;

        Purpose(String prefix, Duration ttl) {
            this.prefix = prefix;
            this.ttl = ttl;
        }

        private String stored() {
            return name().toLowerCase(Locale.ROOT);
        }

        private String make() {
            return this == VERIFY ? Secrets.code() : Secrets.token(prefix);
        }

        /** A code is short: without the user in its hash, one table of a million hashes would open them all. */
        private byte[] hash(UUID userId, String token) {
            return Secrets.sha256(this == VERIFY ? userId + ":" + token : token);
        }
    }

    /** A token as it goes out, once. */
    public record Issued(UUID userId, String token, Instant expiresAt) {
        /** Without the token: records end up in logs. */
        @Override
        public String toString() {
            return "Issued[userId=" + userId + ", expiresAt=" + expiresAt + "]";
        }
    }

    private final Pool pool;
    private final Statements statements;
    private final Clock clock;

    @Inject
    OneTimeTokens(Pool pool, Statements statements, Clock clock) {
        this.pool = pool;
        this.statements = statements;
        this.clock = clock;
    }

    /** Makes a token in place of the user's last one of that purpose; joins the caller's transaction. */
    @WithTransaction
    public Uni<Issued> issue(UUID userId, Purpose purpose) {
        return store(List.of(userId), purpose).map(issued -> issued.get(userId));
    }

    /** As {@link #issue} for a set of users, in one statement; in the order of the list. */
    @WithTransaction
    public Uni<Map<UUID, Issued>> issueAll(List<UUID> userIds, Purpose purpose) {
        return userIds.isEmpty() ? Uni.createFrom().item(Map.of()) : store(userIds, purpose);
    }

    private Uni<Map<UUID, Issued>> store(List<UUID> userIds, Purpose purpose) {
        Instant now = now();
        Instant expires = now.plus(purpose.ttl);
        Map<UUID, Issued> issued = new LinkedHashMap<>();
        userIds.forEach(id -> issued.computeIfAbsent(id, user -> new Issued(user, purpose.make(), expires)));
        return Panache.getSession()
                .call(session -> session.flush())
                .chain(session -> session.createNativeQuery(ISSUE)
                        .setParameter("purpose", purpose.stored())
                        .setParameter("now", now)
                        .setParameter("expires", expires)
                        .setParameter("tokens", rows(issued, purpose))
                        .executeUpdate())
                .replaceWith(issued);
    }

    /** UUIDs and hex digits need no escaping. */
    private static String rows(Map<UUID, Issued> issued, Purpose purpose) {
        return issued.values().stream()
                .map(i -> "{\"user_id\":\"" + i.userId() + "\",\"token_hash\":\""
                        + java.util.HexFormat.of().formatHex(purpose.hash(i.userId(), i.token())) + "\"}")
                .collect(Collectors.joining(",", "[", "]"));
    }

    /** Whether the token is the user's live one; uses nothing up. Not for VERIFY: that would be a free try. */
    public Uni<Boolean> isLive(UUID userId, Purpose purpose, String token) {
        if (purpose == Purpose.VERIFY) {
            return Uni.createFrom().failure(new IllegalArgumentException("A code is tried by using it up"));
        }
        Tuple parameters =
                Tuple.of(userId, purpose.stored(), Buffer.buffer(purpose.hash(userId, token)), Times.toSql(now()));
        return pool.preparedQuery(IS_LIVE).execute(parameters).map(rows -> rows.size() > 0);
    }

    /** Uses the user's token up: true for exactly one caller. A wrong code counts as a try, so commit also when it answers false. */
    @WithTransaction
    public Uni<Boolean> use(UUID userId, Purpose purpose, String token) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(USE, Boolean.class)
                        .setParameter("hash", purpose.hash(userId, token))
                        .setParameter("now", now())
                        .setParameter("user", userId)
                        .setParameter("purpose", purpose.stored())
                        .setParameter("max", MAX_ATTEMPTS)
                        .getSingleResultOrNull())
                .map(Boolean.TRUE::equals);
    }

    /** Whose live RESET token this is; null where it is nobody's. Uses nothing up: {@link #use} does. */
    public Uni<@Nullable UUID> ownerOfReset(String token) {
        return pool.preparedQuery(OWNER_OF_RESET)
                .execute(Tuple.of(Buffer.buffer(Secrets.sha256(token)), Times.toSql(now())))
                .map(rows -> rows.size() == 0 ? null : rows.iterator().next().getUUID(0));
    }

    /** Takes back every live token of the user. */
    @WithTransaction
    public Uni<Void> revokeAll(UUID userId) {
        return revokeAll(Set.of(userId));
    }

    /** As {@link #revokeAll(UUID)} for these users, in the present transaction: one statement, or none for nobody. */
    public Uni<Void> revokeAll(Collection<UUID> userIds) {
        if (userIds.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return statements
                .joined()
                .run(REVOKE, Tuple.tuple().addArrayOfUUID(userIds.toArray(UUID[]::new)))
                .replaceWithVoid();
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
