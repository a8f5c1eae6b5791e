package io.usher.mail;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The outbox as its worker sees it. Every statement stands for itself: no transaction is open while a mail server is talked to. */
@ApplicationScoped
class OutboxRepository {
    /**
     * Takes rows on by putting their next attempt off: should this process die, another one finds them then. The delay doubles from one
     * minute to four hours. Rows that another process is taking at this moment are skipped, not waited for; so are kinds that only a newer
     * release knows.
     */
    private static final String CLAIM = """
            with due as (
                select id from mail_outbox where next_attempt_at <= $1 and kind = any($3)
                order by next_attempt_at limit $2 for update skip locked
            )
            update mail_outbox o
            set attempts = attempts + 1,
                next_attempt_at = $1 + least(interval '4 hours', interval '1 minute' * power(2, least(attempts, 10)))
            from due where o.id = due.id
            returning o.id, o.kind, o.email, o.created_at, o.next_attempt_at""";

    private static final String DELETE = "delete from mail_outbox where id = any($1)";
    private static final String NOTE_ERROR = "update mail_outbox set last_error = $2 where id = $1";

    private static final String[] KINDS =
            Stream.of(MailOutbox.Kind.values()).map(MailOutbox.Kind::column).toArray(String[]::new);

    private final Pool pool;

    OutboxRepository(Pool pool) {
        this.pool = pool;
    }

    Uni<List<OwedMail>> claim(Instant now, int limit) {
        return pool.preparedQuery(CLAIM)
                .execute(Tuple.of(now.atOffset(ZoneOffset.UTC), limit, KINDS))
                .map(OutboxRepository::mails);
    }

    Uni<Void> delete(List<UUID> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().voidItem()
                : pool.preparedQuery(DELETE)
                        .execute(Tuple.of(ids.toArray(UUID[]::new)))
                        .replaceWithVoid();
    }

    Uni<Void> noteError(UUID id, String error) {
        return pool.preparedQuery(NOTE_ERROR).execute(Tuple.of(id, error)).replaceWithVoid();
    }

    private static List<OwedMail> mails(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(OutboxRepository::mail)
                .toList();
    }

    private static OwedMail mail(Row row) {
        return new OwedMail(
                row.getUUID("id"),
                MailOutbox.Kind.ofColumn(row.getString("kind")),
                row.getString("email"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getOffsetDateTime("next_attempt_at").toInstant());
    }
}
