package io.usher.fieldwork;

import static org.assertj.core.api.Assertions.assertThat;

import io.usher.persistence.Binder;
import io.usher.security.Fixtures;
import io.usher.testing.Database;
import io.usher.testing.UsherTest;
import io.usher.web.Cursor;
import io.usher.web.PageRequest;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What PostgreSQL makes of the lists where each of 50 users has a thousand rows: it begins in an index, where the page begins. */
@UsherTest
class FieldworkPlanTest {
    private static final String USERS = """
            insert into users (email, status) select 'plan-' || i || '@fieldwork.example.com', 'active' from generate_series(1, 50) i
            """;
    private static final String DISPENSERS = """
            insert into dispenser_records (id, user_id, work_order_id, dispenser_data, created_at, updated_at)
            select gen_random_uuid(), u.id, 'W-' || i, '{"a": 1}', t.at, t.at from users u, generate_series(1, 1000) i,
                lateral (select timestamptz '2026-01-01' + i * interval '1 minute' as at) t
            where u.email like 'plan-%@fieldwork.example.com'
            """;
    private static final String CONTENTS = """
            insert into scraped_contents (id, user_id, content_type, source_url, content, checksum, created_at)
            select gen_random_uuid(), u.id, 'type-' || i % 10, 'https://example.com/' || i % 7, '{"a": 1}', md5('' || i),
                timestamptz '2026-01-01' + i * interval '1 minute'
            from users u, generate_series(1, 1000) i where u.email like 'plan-%@fieldwork.example.com'
            """;
    private static final Instant MIDDLE = Instant.parse("2026-01-01T08:00:00Z");

    @Inject
    Fixtures fixtures;

    private UUID user;

    @BeforeEach
    void seed() {
        Database.execute(USERS);
        Database.execute(DISPENSERS);
        Database.execute(CONTENTS);
        Database.execute("analyze dispenser_records, scraped_contents");
        user = UUID.fromString(
                String.valueOf(Database.text("select id from users where email = 'plan-7@fieldwork.example.com'")));
    }

    @AfterEach
    void clear() {
        Database.execute("delete from users where email like 'plan-%@fieldwork.example.com'");
        Database.execute("analyze dispenser_records, scraped_contents");
    }

    @Test
    void dispensersAreReadInTheOrderOfTheirIndex() {
        assertThat(dispensers(null, null)).contains("dispenser_records_by_user").doesNotContain("Sort Key: r.");
        assertThat(dispensers(null, cursor("updatedAt.desc")))
                .contains("dispenser_records_by_user", "ROW(updated_at, id) < ROW(");
        assertThat(dispensers("W-5", null)).contains("dispenser_records_user_id_work_order_id_key");
    }

    @Test
    void contentsAreReadInTheOrderOfTheirIndexes() {
        assertThat(contents(null, null, null, null)).contains("scraped_contents_by_user");
        assertThat(contents(null, null, null, cursor("createdAt.desc")))
                .contains("scraped_contents_by_user", "ROW(created_at, id) < ROW(");
        assertThat(contents("type-1", "https://example.com/1", null, null)).contains("scraped_contents_newest");
        assertThat(contents("type-1", "https://example.com/1", null, cursor("createdAt.desc")))
                .contains("scraped_contents_newest");
        assertThat(contents(null, null, MIDDLE, null)).contains("scraped_contents_by_user");
        assertThat(contents("type-1", null, MIDDLE, null)).isNotEmpty();
        assertThat(contents(null, "https://example.com/1", null, null)).isNotEmpty();
    }

    @Test
    void theNewestOfAPlaceIsOneStepInItsIndex() {
        Binder binder = new Binder();
        binder.bind(user);
        binder.bind("type-1");
        binder.bind("https://example.com/1");
        binder.bind("x");
        assertThat(plan(ScrapedContentRepository.UNCHANGED, binder))
                .contains("scraped_contents_newest")
                .doesNotContain("Sort");
    }

    private String dispensers(@Nullable String workOrderId, @Nullable Cursor cursor) {
        Binder binder = new Binder();
        String where = DispenserRepository.where(user, workOrderId, binder);
        return plan(DispenserRepository.PAGES.sql(where, binder, page(cursor)), binder);
    }

    private String contents(
            @Nullable String type, @Nullable String source, @Nullable Instant since, @Nullable Cursor cursor) {
        Binder binder = new Binder();
        ScrapedContentFilter filter = new ScrapedContentFilter(type, source, since, page(cursor));
        return plan(ScrapedContentRepository.PAGES.sql(filter.where(user, binder), binder, filter.page()), binder);
    }

    /** The plan; none walks through a table. */
    private String plan(String sql, Binder binder) {
        String plan = StreamSupport.stream(
                        fixtures.sql("explain " + sql, binder.tuple()).spliterator(), false)
                .map(row -> row.getString(0))
                .collect(Collectors.joining("\n"));
        assertThat(plan).doesNotContain("Seq Scan");
        return plan;
    }

    private static PageRequest page(@Nullable Cursor cursor) {
        return new PageRequest(20, 0, cursor, PageRequest.CountMode.EXACT);
    }

    private static Cursor cursor(String order) {
        return new Cursor(order, MIDDLE.toString(), new UUID(0, 0));
    }
}
