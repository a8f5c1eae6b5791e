package io.usher.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.usher.persistence.StatementCacheLimits;
import io.usher.security.Scope;
import io.usher.testing.PlanDatabase;
import io.usher.web.Cursor;
import io.usher.web.PageRequest;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What PostgreSQL makes of the list at 100,000 users: never a walk through all of them. In a database of its own. */
class UserListPlanTest {
    private static final String SEED = """
            insert into users (email, username, name, phone, status, created_at, last_login_at)
            select md5('e' || i) || '@example.com', 'u' || md5('u' || i), initcap(md5('n' || i)), '+' || (10000000 + i), 'active',
                timestamptz '2020-01-01' + i * interval '1 minute', case when i % 3 = 0 then timestamptz '2025-01-01' + i * interval '1 second' end
            from generate_series(1, 100000) i
            """;
    private static final UUID ADMIN = UUID.fromString("00000000-0000-7000-8000-00000000000a");
    private static final Scope EVERYONE = new Scope(Scope.Kind.EVERYONE, ADMIN);
    private static final Scope MANAGED = new Scope(Scope.Kind.MANAGED, ADMIN);

    private static PlanDatabase database;

    @BeforeAll
    static void seed() {
        database = PlanDatabase.create(
                "usher_plans",
                SEED,
                "insert into users (id, email, user_type, status) values ('" + ADMIN
                        + "', 'admin@example.com', 'admin', 'active')",
                "insert into user_admins (admin_id, user_id) select '" + ADMIN
                        + "', id from users order by email limit 50 on conflict do nothing",
                "insert into users (email, user_type, status) values ('other@example.com', 'admin', 'active')",
                "insert into user_admins (admin_id, user_id) select a.id, u.id from users u, users a where a.email = 'other@example.com'"
                        + " on conflict do nothing");
    }

    @AfterAll
    static void drop() {
        database.close();
    }

    @ParameterizedTest
    @EnumSource(UserSort.class)
    void theFirstPageOfEachOrderReadsItsIndex(UserSort sort) {
        for (UserFilter.Order order : UserFilter.Order.values()) {
            assertThat(plan(EVERYONE, filter(sort, order).build()))
                    .contains(index(sort))
                    .doesNotContain("Sort Key: users");
            assertThat(steadyPlan(EVERYONE, filter(sort, order).build())).contains(index(sort));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CREATED_AT,2020-02-20T00:00:00Z",
        "EMAIL,8888",
        "NAME,88888888",
        "LAST_LOGIN_AT,2025-01-01T12:00:00Z",
        "LAST_LOGIN_AT,-infinity"
    })
    void aDeepPageStartsWhereItsCursorStands(UserSort sort, String key) {
        for (UserFilter.Order order : UserFilter.Order.values()) {
            UserFilter filter = filter(sort, order).cursor(key).build();

            for (String plan : List.of(plan(EVERYONE, filter), steadyPlan(EVERYONE, filter))) {
                assertThat(plan)
                        .contains(sort == UserSort.EMAIL ? "Index Cond: (email " : "Index Cond: (ROW(", index(sort));
            }
        }
    }

    @Test
    void onePlanIsRightForEveryPageOfAnAdminsNewestUsers() {
        assertThat(steadyPlan(MANAGED, filter().build())).contains("user_admins_by_admin");
        assertThat(steadyPlan(MANAGED, filter().cursor("2020-02-20T00:00:00Z").build()))
                .contains("user_admins_by_admin");
    }

    @Test
    void whateverDependsOnValuesIsPlannedForThem() {
        for (UserListSql sql : List.of(
                sql(EVERYONE, filter().q("a").build()),
                sql(EVERYONE, filter().name("8c4f1a").build()),
                sql(MANAGED, filter(UserSort.NAME, UserFilter.Order.ASC).build()))) {
            assertThat(sql.text()).startsWith(StatementCacheLimits.PLAN_EACH_TIME);
        }
    }

    /** The plan that knows no values. Nothing in it has to be sorted but the page, and sessions are looked up user by user. */
    private static String steadyPlan(Scope scope, UserFilter filter) {
        UserListSql sql = sql(scope, filter);
        assertThat(sql.text()).doesNotStartWith(StatementCacheLimits.PLAN_EACH_TIME);
        String plan = database.genericPlan(sql.text());
        assertThat(plan)
                .doesNotContain("Seq Scan on users", "Seq Scan on user_admins", "->  Sort", "user_sessions_by_expiry");
        return plan;
    }

    private static UserListSql sql(Scope scope, UserFilter filter) {
        return UserListSql.page(scope, filter, OffsetDateTime.now());
    }

    private static String index(UserSort sort) {
        return sort == UserSort.EMAIL ? "users_email_key" : "users_by_";
    }

    @Test
    void substringsAreFoundByTheirTrigrams() {
        assertThat(plan(EVERYONE, filter().q("8c4f1a").build())).contains("users_search_trgm");
        assertThat(plan(EVERYONE, filter().email("8c4f1a").build())).contains("users_search_trgm");
        assertThat(plan(EVERYONE, filter().name("8c4f1a").build())).contains("users_search_trgm");
    }

    @Test
    void prefixesAreFoundByTheirRange() {
        assertThat(plan(EVERYONE, filter().q("zz").build()))
                .contains("users_email_key", "users_by_name", "users_username_key", "users_phone_prefix");
        assertThat(plan(EVERYONE, filter().email("zz").build())).contains("users_email_key");
        assertThat(plan(EVERYONE, filter().name("zz").build())).contains("users_by_name");
    }

    @Test
    void anAdminsListIsReadInTheOrderOfItsLinks() {
        for (String plan : List.of(
                plan(MANAGED, filter().build()),
                plan(MANAGED, filter().cursor("2020-02-20T00:00:00Z").build()))) {
            assertThat(plan).contains("user_admins_by_admin").doesNotContain("->  Sort");
        }
        assertThat(plan(
                        MANAGED,
                        filter(UserSort.NAME, UserFilter.Order.ASC).q("8c4f1a").build()))
                .isNotEmpty();
        assertThat(plan(MANAGED, filter().email("a").build())).isNotEmpty();
    }

    @Test
    void theTotalOfEverybodyComesFromTheTotalsThatAreKept() {
        assertThat(plan(EVERYONE, filter().build())).contains("user_totals");
    }

    @Test
    void theTotalOfAnAdminsUsersComesFromTheTotalsThatAreKept() {
        assertThat(plan(MANAGED, filter().build())).contains("admin_totals").doesNotContain("users_deleted");
    }

    @Test
    void aNeedleIsLookedForOnceForThePageAndItsTotal() {
        for (Scope scope : List.of(EVERYONE, MANAGED)) {
            assertThat(plan(scope, filter().q("8c4f1a").build()))
                    .containsOnlyOnce("users_search_trgm")
                    .contains("CTE Scan on hits");
        }
    }

    @Test
    void anEstimateIsNearTheTruth() {
        UserListSql sql = UserListSql.estimate(EVERYONE, filter().build());
        String plan = String.valueOf(
                database.rows(sql.text(), sql.parameters()).get(0).getValue(0));
        long rows = new io.vertx.core.json.JsonArray(plan)
                .getJsonObject(0)
                .getJsonObject("Plan")
                .getLong("Plan Rows");

        assertThat(rows).isBetween(90_000L, 110_000L);
    }

    /** The plan; none walks through the users. */
    private static String plan(Scope scope, UserFilter filter) {
        UserListSql sql = sql(scope, filter);
        String plan = database.plan(sql.text(), sql.parameters());
        assertThat(plan).doesNotContain("Seq Scan on users");
        return plan;
    }

    private static FilterBuilder filter() {
        return filter(UserSort.CREATED_AT, UserFilter.Order.DESC);
    }

    private static FilterBuilder filter(UserSort sort, UserFilter.Order order) {
        return new FilterBuilder(sort, order);
    }

    private static final class FilterBuilder {
        private final UserSort sort;
        private final UserFilter.Order order;
        private @Nullable String q;
        private @Nullable String email;
        private @Nullable String name;
        private @Nullable Cursor cursor;

        FilterBuilder(UserSort sort, UserFilter.Order order) {
            this.sort = sort;
            this.order = order;
        }

        FilterBuilder q(String needle) {
            q = needle;
            return this;
        }

        FilterBuilder email(String needle) {
            email = needle;
            return this;
        }

        FilterBuilder name(String needle) {
            name = needle;
            return this;
        }

        FilterBuilder cursor(String key) {
            cursor = new Cursor(sort.wireName() + "." + order.wireName(), key, ADMIN);
            return this;
        }

        UserFilter build() {
            PageRequest page = new PageRequest(20, 0, cursor, PageRequest.CountMode.EXACT);
            return new UserFilter(
                    q, email, name, null, null, null, null, null, null, UserFilter.Deleted.FALSE, sort, order, page);
        }
    }
}
