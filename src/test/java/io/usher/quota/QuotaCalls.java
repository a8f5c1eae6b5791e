package io.usher.quota;

import io.restassured.response.Response;
import io.usher.testing.Actors;
import io.usher.testing.Database;
import io.usher.testing.TestUser;
import java.util.Map;

/** Calls on quotas, short enough to read in a test. */
final class QuotaCalls {
    private QuotaCalls() {}

    static Response consume(TestUser user, String resource, long amount) {
        return Actors.as(user).body(Map.of("amount", amount)).post("/api/quotas/" + resource + "/consume");
    }

    static Response set(TestUser admin, TestUser user, Object quotas) {
        return Actors.as(admin).body(quotas).put("/api/admin/quotas/" + user.id());
    }

    /** Lets the user have this quota, past the API. */
    static void given(TestUser user, String resource, String type, Long limit) {
        Database.execute(
                "insert into user_quotas (user_id, resource, type, quota_limit, window_start, updated_at)"
                        + " values (?, ?, ?, ?, 'epoch', now())",
                user.id(),
                resource,
                type,
                limit);
    }

    static Response mine(TestUser user) {
        return Actors.as(user).get("/api/quotas/me");
    }

    static long used(TestUser user, String resource) {
        return mine(user).jsonPath().getLong("quotas." + resource + ".used");
    }
}
