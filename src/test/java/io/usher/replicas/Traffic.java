package io.usher.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.Parallel;
import io.usher.testing.TestUser;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A mixture of what users do: of 100 requests, 59 read, 20 take from a quota, 10 spend credits, 10 change a name, and one signs in. Each write
 * can be found again in the database: those with a key there are exactly as many as keys, however often one was sent.
 */
final class Traffic {
    /** A resource that never runs out. */
    static final String RESOURCE = "load";

    private static final int USERS = 40;
    private static final int CREDITS = 1_000_000;

    private final List<TestUser> users;
    private final List<String> tokens;

    private enum Kind {
        READ,
        CONSUME,
        SPEND,
        RENAME,
        LOGIN
    }

    /** One request. */
    record Call(Kind kind, TestUser user, HttpMethod method, String path, Map<String, String> headers, String body) {}

    private Traffic(List<TestUser> users, List<String> tokens) {
        this.users = users;
        this.tokens = tokens;
    }

    /** Users of its own, signed in. */
    static Traffic signedIn(Replica replica) {
        List<TestUser> users = Parallel.times(
                USERS, 4, i -> Given.customer().with("credits", CREDITS).create());
        return new Traffic(
                users, users.stream().map(user -> token(replica, user)).toList());
    }

    private static String token(Replica replica, TestUser user) {
        return replica.request()
                .body(Map.of("username", user.email(), "password", Given.PASSWORD))
                .post("/api/auth/login")
                .path("token");
    }

    Call call(int number) {
        TestUser user = users.get(number % USERS);
        int slot = number * 37 % 100;
        if (slot == 99) {
            return call(Kind.LOGIN, number, HttpMethod.POST, "/api/auth/login", login(user));
        } else if (slot < 20) {
            return call(Kind.CONSUME, number, HttpMethod.POST, "/api/quotas/" + RESOURCE + "/consume", "{}");
        } else if (slot < 30) {
            String spend = "{\"amount\": 1, \"reason\": \"Spend\"}";
            return call(Kind.SPEND, number, HttpMethod.POST, user.path("/credits/spend"), spend);
        } else if (slot < 40) {
            return call(Kind.RENAME, number, HttpMethod.PATCH, user.path(""), "{\"name\": \"Ann " + number + "\"}");
        }
        return call(Kind.READ, number, HttpMethod.GET, number % 2 == 0 ? "/api/auth/me" : user.path(""), "");
    }

    private Call call(Kind kind, int number, HttpMethod method, String path, String body) {
        Map<String, String> headers = new HashMap<>(Map.of("Content-Type", "application/json"));
        if (kind != Kind.LOGIN) {
            headers.put("Authorization", "Bearer " + tokens.get(number % USERS));
        }
        if (kind == Kind.CONSUME || kind == Kind.SPEND) {
            headers.put("Idempotency-Key", UUID.randomUUID().toString());
        }
        return new Call(kind, users.get(number % USERS), method, path, headers, body);
    }

    private static String login(TestUser user) {
        return new JsonObject()
                .put("username", user.email())
                .put("password", Given.PASSWORD)
                .encode();
    }

    /**
     * Everything that was acknowledged is there, and what was not is there once at most: sent again with their keys, those that failed make it
     * exactly one of each.
     */
    void assertNothingIsLost(List<SteadyLoad.Outcome> outcomes, Replica replica) {
        outcomes.stream()
                .filter(outcome -> !outcome.isFine())
                .map(SteadyLoad.Outcome::call)
                .filter(call -> call.headers().containsKey("Idempotency-Key"))
                .forEach(call -> sendAgain(call, replica));
        assertThat(sum("select used from user_quotas where user_id = ? and resource = '" + RESOURCE + "'"))
                .as("taken from quotas")
                .isEqualTo(count(outcomes, Kind.CONSUME));
        assertThat(sum("select count(*) from credit_transactions where amount = -1 and user_id = ?"))
                .as("rows of the ledger")
                .isEqualTo(count(outcomes, Kind.SPEND));
        assertThat(sum("select " + CREDITS + " - credits from users where id = ?"))
                .as("credits spent")
                .isEqualTo(count(outcomes, Kind.SPEND));
        List<SteadyLoad.Outcome> fine =
                outcomes.stream().filter(SteadyLoad.Outcome::isFine).toList();
        assertThat(sum("select count(*) from audit_events where action = 'user.update' and target_id = ?"))
                .as("changes of users")
                .isGreaterThanOrEqualTo(count(fine, Kind.RENAME));
        assertThat(sum("select count(*) from user_sessions where user_id = ?"))
                .as("sessions")
                .isGreaterThanOrEqualTo(USERS + count(fine, Kind.LOGIN));
    }

    private static void sendAgain(Call call, Replica replica) {
        var answer = replica.request().headers(call.headers()).body(call.body()).post(call.path());
        assertThat(answer.statusCode()).as(answer.asString()).isBetween(200, 201);
    }

    private static long count(List<SteadyLoad.Outcome> outcomes, Kind kind) {
        return outcomes.stream()
                .filter(outcome -> outcome.call().kind() == kind)
                .count();
    }

    private long sum(String sql) {
        return users.stream().mapToLong(user -> Database.number(sql, user.id())).sum();
    }
}
