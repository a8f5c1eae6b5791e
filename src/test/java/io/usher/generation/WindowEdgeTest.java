package io.usher.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.usher.problem.ProblemException;
import io.usher.quota.QuotaService;
import io.usher.quota.QuotaSetting;
import io.usher.quota.QuotaType;
import io.usher.security.Caller;
import io.usher.security.Client;
import io.usher.security.Fixtures;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.MutableClock;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On either side of a window's edge: what is taken counts in one window only, and what is given back stays out of the other. */
@UsherTest
class WindowEdgeTest {
    @Inject
    MutableClock clock;

    @Inject
    QuotaService quotas;

    @Inject
    GenerationService generations;

    @Inject
    GenerationSweep sweep;

    @Inject
    Fixtures fixtures;

    private TestUser user;
    private Caller caller;

    @BeforeEach
    void arrange() {
        user = Given.customer().create();
        Instant now = clock.instant();
        caller = new Caller(
                user.id(),
                user.email(),
                Set.of(Caller.CUSTOMER),
                new Caller.Session(user.id(), now, now, now.plusSeconds(60)),
                null,
                null);
    }

    @ParameterizedTest(name = "{0} at {1}")
    @CsvSource({
        "daily, 2026-11-21T00:00:00Z",
        "daily, 2028-02-29T00:00:00Z",
        "daily, 2028-03-01T00:00:00Z",
        "daily, 2027-01-01T00:00:00Z",
        "weekly, 2026-11-23T00:00:00Z",
        "weekly, 2026-12-28T00:00:00Z",
        "weekly, 2027-01-04T00:00:00Z",
        "weekly, 2028-03-06T00:00:00Z"
    })
    void countsInOneWindowAndGivesBackIntoNoOther(String type, Instant edge) {
        given(type);
        clock.set(edge.minus(Duration.ofSeconds(30)));
        String before = begin(5);
        assertThatThrownBy(() -> take(1)).isInstanceOf(ProblemException.class);

        clock.set(edge.plusMillis(1));
        assertThat(used()).isZero();
        take(4);
        assertThat(fail(before).refunded()).isFalse();
        assertThat(used()).isEqualTo(4);

        String after = begin(1);
        assertThatThrownBy(() -> take(1)).isInstanceOf(ProblemException.class);
        assertThat(fail(after).refunded()).isTrue();
        assertThat(used()).isEqualTo(4);

        // A replica whose clock is behind goes on in the window that has begun.
        clock.set(edge.minus(Duration.ofSeconds(5)));
        take(1);
        assertThatThrownBy(() -> take(1)).isInstanceOf(ProblemException.class);
        assertThat(used()).isEqualTo(5);
    }

    @ParameterizedTest(name = "{0} to {1} at {2}")
    @CsvSource({
        "weekly, DAILY, 2026-11-25T10:00:00Z",
        "weekly, DAILY, 2026-11-23T10:00:00Z",
        "daily, WEEKLY, 2026-11-25T10:00:00Z",
        "daily, WEEKLY, 2026-11-23T10:00:00Z"
    })
    void givesBackIntoACountThatWasKeptWhenItsTypeChanged(String before, QuotaType after, Instant now) {
        given(before);
        clock.set(now);
        String id = begin(3);
        take(1);

        set(after);
        assertThat(used()).isEqualTo(4);
        String since = begin(2);

        assertThat(fail(id).refunded()).isTrue();
        assertThat(used()).isEqualTo(3);
        assertThat(fail(since).refunded()).isTrue();
        assertThat(used()).isEqualTo(1);
    }

    @Test
    void aCountThatMovedWithItsTypeEndsWithItsNewWindow() {
        given("weekly");
        clock.set(Instant.parse("2026-11-25T10:00:00Z"));
        String taken = begin(2);
        String untouched = begin(3);
        set(QuotaType.DAILY);

        clock.set(Instant.parse("2026-11-26T10:00:00Z"));
        assertThat(fail(untouched).refunded()).isFalse();
        take(4);
        assertThat(fail(taken).refunded()).isFalse();
        assertThat(used()).isEqualTo(4);
    }

    @Test
    void aTypeThatChangesAfterTheWindowBeginsAnotherCount() {
        given("daily");
        clock.set(Instant.parse("2026-11-25T23:50:00Z"));
        String before = begin(5);

        clock.set(Instant.parse("2026-11-26T00:10:00Z"));
        set(QuotaType.WEEKLY);
        assertThat(used()).isZero();
        take(5);

        assertThat(fail(before).refunded()).isFalse();
        assertThat(used()).isEqualTo(5);
    }

    @ParameterizedTest(name = "{0} at {1}")
    @CsvSource({"daily, 2026-11-21T00:00:00Z", "weekly, 2026-11-23T00:00:00Z"})
    void nothingComesBackOnceTheWindowIsOverAlsoWhereNothingWasTakenSince(String type, Instant edge) {
        given(type);
        clock.set(edge.minus(Duration.ofMinutes(10)));
        String failed = begin(2);
        String forgotten = begin(3);

        clock.set(edge.plus(Duration.ofMinutes(10)));
        assertThat(fail(failed).refunded()).isFalse();
        clock.set(edge.plus(Duration.ofMinutes(51)));
        fixtures.run(sweep::sweep);

        assertThat(Database.text("select status || ' ' || refunded from generations where id = ?", uuid(forgotten)))
                .isEqualTo("failed false");
        assertThat(used()).isZero();
    }

    private static UUID uuid(String id) {
        return UUID.fromString(id);
    }

    private void given(String type) {
        Database.execute(
                "insert into user_quotas (user_id, resource, type, quota_limit, window_start, updated_at)"
                        + " values (?, 'image', ?, 5, 'epoch', now())",
                user.id(),
                type);
    }

    private void set(QuotaType type) {
        fixtures.run(() -> quotas.set(user.id(), Map.of("image", new QuotaSetting(type, 20L))));
    }

    private void take(long amount) {
        fixtures.run(() -> quotas.consume(user.id(), "image", amount));
    }

    private long used() {
        return fixtures.run(() -> quotas.status(user.id())).get("image").used();
    }

    private String begin(long cost) {
        var body = new CreateGeneration("image", null, null, null, cost);
        var answer = fixtures.run(() -> generations.create(caller, new Client("192.0.2.1", null), null, body));
        return new JsonObject(answer.body()).getString("id");
    }

    private GenerationView fail(String id) {
        return fixtures.run(
                () -> generations.end(caller, id, new EndGeneration(GenerationEnd.FAILED, null, "Out of paint")));
    }
}
