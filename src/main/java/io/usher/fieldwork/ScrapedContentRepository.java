package io.usher.fieldwork;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.usher.persistence.Binder;
import io.usher.persistence.Ids;
import io.usher.persistence.Sql;
import io.usher.persistence.Statements;
import io.usher.web.Page;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What was found where, one row for each time that it was different from before. */
@ApplicationScoped
class ScrapedContentRepository {
    static final NewestFirst PAGES =
            new NewestFirst("scraped_contents", "created_at", ScrapedContentView.COLUMNS, "createdAt.desc");

    /** $1 user, $2 content type, $3 source. */
    private static final String NEWEST = """
            select * from scraped_contents
            where user_id = $1 and content_type = $2
                and md5(coalesce(source_url, '')) = md5(coalesce($3::text, '')) and source_url is not distinct from $3::text
            order by created_at desc, id desc limit 1
            """;

    /** $4 checksum. */
    static final String UNCHANGED =
            "select " + ScrapedContentView.COLUMNS + " from (" + NEWEST + ") r where r.checksum = $4";

    /** Held until the transaction ends. Places that share a hash would only have to wait for each other. */
    private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended($1, 7302))::text";

    /** Also where a replica's clock is behind, or does not move, the newest is the one that was stored last. */
    private static final String ADD =
            """
            with newest as (
                {newest}
            ), made as (
                insert into scraped_contents (id, user_id, content_type, source_url, checksum, content, created_at)
                select $5, $1, $2, $3::text, $4, $6::text::jsonb,
                    greatest($7::timestamptz, (select created_at + interval '1 millisecond' from newest))
                where not exists (select from newest where checksum = $4)
                returning *
            )
            select true as changed, {columns} from made r
            union all
            select false, {columns} from newest r where r.checksum = $4
            """.replace("{newest}", NEWEST.strip()).replace("{columns}", ScrapedContentView.COLUMNS);

    private final Pool pool;
    private final Statements statements;

    @Inject
    ScrapedContentRepository(Pool pool, Statements statements) {
        this.pool = pool;
        this.statements = statements;
    }

    /** The newest of its place, where that has the same checksum; null where it has another, or there is none. */
    Uni<@Nullable PostedContent> unchanged(NewContent content) {
        return pool.preparedQuery(UNCHANGED)
                .execute(Tuple.from(Arrays.asList(
                        content.userId(), content.contentType(), content.sourceUrl(), content.checksum())))
                .map(rows -> rows.size() == 0
                        ? null
                        : new PostedContent(
                                ScrapedContentView.read(rows.iterator().next()), false));
    }

    /** Adds it, unless the newest of its place has the same checksum. Whoever adds there at the same time waits. */
    Uni<PostedContent> add(NewContent content) {
        Sql sql = statements.joined();
        return Panache.withTransaction(
                        () -> sql.run(LOCK, Tuple.of(content.place())).chain(() -> add(sql, content)))
                .map(ScrapedContentRepository::posted);
    }

    private static Uni<RowSet<Row>> add(Sql sql, NewContent content) {
        return sql.run(
                ADD,
                Tuple.from(Arrays.asList(
                        content.userId(),
                        content.contentType(),
                        content.sourceUrl(),
                        content.checksum(),
                        Ids.next(),
                        content.content(),
                        content.now().atOffset(ZoneOffset.UTC))));
    }

    private static PostedContent posted(RowSet<Row> rows) {
        Row row = rows.iterator().next();
        return new PostedContent(ScrapedContentView.read(row), row.getBoolean("changed"));
    }

    /** The user's, newest first. */
    Uni<Page<ScrapedContentView>> page(UUID userId, ScrapedContentFilter filter) {
        Binder binder = new Binder();
        String where = filter.where(userId, binder);
        return PAGES.page(pool, where, binder, filter.page(), ScrapedContentView::read);
    }
}
