package io.usher.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.web.IdempotencyKey;
import io.usher.web.RecordedAnswer;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lets a request with an {@code Idempotency-Key} take effect once, however often it is sent: what it was answered is written in the
 * transaction of its effect, so that there is never one without the other. A request that fails leaves nothing, and may be sent again.
 */
@ApplicationScoped
public class Idempotency {
    /** How long a key is remembered. */
    static final Duration KEPT = Duration.ofHours(24);

    /** Held until the transaction ends. Keys that share a hash would only have to wait for each other. */
    private static final String LOCK = "select pg_try_advisory_xact_lock(hashtextextended($1, 7205759403)) as mine";

    private static final String FIND = """
            select request_hash, status, location, response from idempotency_records
            where user_id = $1 and key = $2 and expires_at > $3
            """;

    private static final String RECORD = """
            insert into idempotency_records as r
                (user_id, key, request_hash, status, location, response, created_at, expires_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            on conflict (user_id, key) do update set request_hash = excluded.request_hash, status = excluded.status,
                location = excluded.location, response = excluded.response,
                created_at = excluded.created_at, expires_at = excluded.expires_at
            where r.expires_at <= excluded.created_at
            """;

    private final Statements statements;
    private final ObjectMapper json;
    private final Clock clock;

    @Inject
    Idempotency(Statements statements, ObjectMapper json, Clock clock) {
        this.statements = statements;
        this.json = json;
        this.clock = clock;
    }

    /**
     * A request that may be sent twice.
     *
     * @param caller whose key it is: two callers may use the same one
     * @param operation what is done, and to what
     * @param body the same operation with another body is another request
     */
    public record Request(UUID caller, @Nullable IdempotencyKey key, String operation, Object body) {}

    /** What the effect is answered with when it has succeeded. */
    public record Effect(int status, Object view, @Nullable String location) {}

    /**
     * Runs the effect, or answers what it was answered before.
     *
     * @param effect runs all of its statements by the {@link Sql} that it is given
     * @return fails with {@code idempotency_key_reused}, {@code idempotency_in_flight}, and whatever the effect fails with
     */
    public Uni<RecordedAnswer> run(Request request, Function<Sql, Uni<Effect>> effect) {
        return request.key() == null
                ? effect.apply(statements.alone()).map(this::answer)
                : once(request, request.key(), effect);
    }

    /** As {@link #run}, where the effect is several statements: they are one transaction, also without a key. */
    public Uni<RecordedAnswer> runAsOne(Request request, Function<Sql, Uni<Effect>> effect) {
        return request.key() == null
                ? Panache.withTransaction(() -> effect.apply(statements.joined()))
                        .map(this::answer)
                : once(request, request.key(), effect);
    }

    private Uni<RecordedAnswer> once(Request request, IdempotencyKey key, Function<Sql, Uni<Effect>> effect) {
        byte[] hash = hash(request);
        Sql sql = statements.joined();
        return Panache.withTransaction(() -> sql.run(LOCK, Tuple.of(request.caller() + "\n" + key.value()))
                .map(Idempotency::isMine)
                .chain(mine -> known(sql, request.caller(), key)
                        .map(row -> replay(row, mine, hash))
                        .onItem()
                        .ifNull()
                        .switchTo(() -> first(sql, request.caller(), key, hash, effect))));
    }

    private Uni<RecordedAnswer> first(
            Sql sql, UUID caller, IdempotencyKey key, byte[] hash, Function<Sql, Uni<Effect>> effect) {
        return effect.apply(sql).map(this::answer).call(answer -> record(sql, caller, key, hash, answer));
    }

    private Uni<@Nullable Row> known(Sql sql, UUID caller, IdempotencyKey key) {
        return sql.run(FIND, Tuple.of(caller, key.value(), time(clock.instant())))
                .map(rows -> rows.size() == 0 ? null : rows.iterator().next());
    }

    private Uni<RowSet<Row>> record(Sql sql, UUID caller, IdempotencyKey key, byte[] hash, RecordedAnswer answer) {
        Instant now = clock.instant();
        return sql.run(
                RECORD,
                Tuple.from(Arrays.asList(
                        caller,
                        key.value(),
                        Buffer.buffer(hash),
                        answer.status(),
                        answer.location(),
                        answer.body(),
                        time(now),
                        time(now.plus(KEPT)))));
    }

    /** The answer that was given before; null where there was none, and this request is the one to give it. */
    private static @Nullable RecordedAnswer replay(@Nullable Row row, boolean mine, byte[] hash) {
        if (row == null && !mine) {
            throw ProblemException.of(ProblemCode.IDEMPOTENCY_IN_FLIGHT);
        }
        if (row == null) {
            return null;
        }
        if (!Arrays.equals(row.getBuffer("request_hash").getBytes(), hash)) {
            throw ProblemException.of(ProblemCode.IDEMPOTENCY_KEY_REUSED);
        }
        return new RecordedAnswer(row.getInteger("status"), row.getString("response"), row.getString("location"), true);
    }

    private RecordedAnswer answer(Effect effect) {
        return new RecordedAnswer(effect.status(), text(effect.view()), effect.location(), false);
    }

    private byte[] hash(Request request) {
        try {
            String text = request.operation() + "\n" + text(request.body());
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private String text(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Bodies and views are records of JSON values", e);
        }
    }

    private static boolean isMine(RowSet<Row> rows) {
        return rows.iterator().next().getBoolean("mine");
    }

    private static OffsetDateTime time(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
