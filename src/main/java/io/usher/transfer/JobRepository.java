package io.usher.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.usher.persistence.JobLock;
import io.usher.persistence.Statements;
import io.usher.security.Caller;
import io.vertx.core.json.JsonObject;
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
import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The jobs as rows; each change is one statement, and none brings back to life what has ended. Whether a job is still spoken for is told by
 * the database's clock alone, since the clocks of two replicas may be further apart than a job may be silent.
 */
@ApplicationScoped
class JobRepository {
    private static final String INSERT =
            "insert into transfer_jobs (id, owner_id, kind, state, created_at, heartbeat_at)"
                    + " values ($1, $2, 'import', 'queued', $3, now())";
    private static final String DROP = "delete from transfer_jobs where id = $1";
    private static final String FIND = "select id, kind, state, processed, total, started_at, finished_at, report,"
            + " failure_code, failure_detail from transfer_jobs where id = $1 and (owner_id = $2 or $3::boolean)";
    private static final String OPEN =
            "select id from transfer_jobs where id = any($1::uuid[]) and state in ('queued', 'running')";
    private static final String START =
            "update transfer_jobs set state = 'running', started_at = $2, heartbeat_at = now()"
                    + " where id = $1 and state = 'queued'";
    private static final String PROGRESS =
            "update transfer_jobs set processed = $2, heartbeat_at = now() where id = $1 and state = 'running'";
    private static final String SUCCEED = "update transfer_jobs set state = 'succeeded', processed = $2, total = $2,"
            + " report = $3::text::jsonb, finished_at = $4 where id = $1 and state = 'running'";
    private static final String FAIL =
            "update transfer_jobs set state = 'failed', failure_code = $2, failure_detail = $3,"
                    + " finished_at = $4 where id = any($1::uuid[]) and state in ('queued', 'running')";
    private static final String BEAT = "update transfer_jobs set heartbeat_at = now()"
            + " where id = any($1::uuid[]) and state in ('queued', 'running')";

    /** Any number of replicas may do it at once: the second finds them failed. */
    private static final String FAIL_SILENT = "update transfer_jobs set state = 'failed', failure_code = $2,"
            + " failure_detail = $3, finished_at = $4 where state in ('queued', 'running')"
            + " and heartbeat_at < now() - make_interval(secs => $1) and " + JobLock.held("transfer-upkeep");

    private static final String FORGET =
            "delete from transfer_jobs where finished_at < $1 and " + JobLock.held("transfer-upkeep");

    private final Statements statements;
    private final ObjectMapper json;

    @Inject
    JobRepository(Statements statements, ObjectMapper json) {
        this.statements = statements;
        this.json = json;
    }

    Uni<Void> insert(UUID id, UUID owner, Instant now) {
        return run(INSERT, Tuple.of(id, owner, time(now))).replaceWithVoid();
    }

    Uni<Void> drop(UUID id) {
        return run(DROP, Tuple.of(id)).replaceWithVoid();
    }

    /** The job, where it is the caller's, or the caller a super admin. */
    Uni<@Nullable JobView> find(UUID id, Caller caller) {
        return run(FIND, Tuple.of(id, caller.userId(), caller.isSuperAdmin()))
                .map(rows -> rows.size() == 0 ? null : view(rows.iterator().next()));
    }

    /** Those of them that have not ended. */
    Uni<Set<UUID>> open(Collection<UUID> ids) {
        return run(OPEN, Tuple.of(array(ids))).map(rows -> {
            Set<UUID> open = new HashSet<>();
            rows.forEach(row -> open.add(row.getUUID("id")));
            return open;
        });
    }

    /** Whether it was still to be begun. */
    Uni<Boolean> start(UUID id, Instant now) {
        return changed(START, Tuple.of(id, time(now)));
    }

    /** Whether it still runs: another replica may have taken this one for dead. */
    Uni<Boolean> progress(UUID id, long processed) {
        return changed(PROGRESS, Tuple.of(id, processed));
    }

    Uni<Void> succeed(UUID id, ImportReport report, Instant now) {
        return changed(SUCCEED, Tuple.of(id, report.total(), text(report.kept()), time(now)))
                .replaceWithVoid();
    }

    /** Those that have not ended. */
    Uni<Void> fail(Collection<UUID> ids, JobFailure failure, Instant now) {
        return changed(FAIL, Tuple.of(array(ids), failure.code(), failure.detail(), time(now)))
                .replaceWithVoid();
    }

    Uni<Void> beat(Collection<UUID> ids) {
        return run(BEAT, Tuple.of(array(ids))).replaceWithVoid();
    }

    /** Fails those that nobody has spoken for in that time. */
    Uni<Void> failSilent(Duration silence, JobFailure failure, Instant now) {
        return run(FAIL_SILENT, Tuple.of((double) silence.toSeconds(), failure.code(), failure.detail(), time(now)))
                .replaceWithVoid();
    }

    /** Deletes those that ended before. */
    Uni<Void> forget(Instant before) {
        return run(FORGET, Tuple.of(time(before))).replaceWithVoid();
    }

    private Uni<Boolean> changed(String sql, Tuple parameters) {
        return run(sql, parameters).map(SqlResult::rowCount).map(rows -> rows > 0);
    }

    private Uni<RowSet<Row>> run(String sql, Tuple parameters) {
        return statements.alone().run(sql, parameters);
    }

    private JobView view(Row row) {
        String code = row.getString("failure_code");
        return new JobView(
                row.getUUID("id"),
                JobView.Kind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
                JobView.State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getLong("processed"),
                row.getLong("total"),
                instant(row.getOffsetDateTime("started_at")),
                instant(row.getOffsetDateTime("finished_at")),
                report(row.get(JsonObject.class, "report")),
                code == null ? null : new JobFailure(code, row.getString("failure_detail")));
    }

    private @Nullable ImportReport report(@Nullable JsonObject report) {
        try {
            return report == null ? null : json.readValue(report.encode(), ImportReport.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Reports are written here", e);
        }
    }

    private String text(ImportReport report) {
        try {
            return json.writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A report is a record of JSON values", e);
        }
    }

    private static UUID[] array(Collection<UUID> ids) {
        return ids.toArray(new UUID[0]);
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static OffsetDateTime time(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
