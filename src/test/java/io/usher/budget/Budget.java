package io.usher.budget;

/**
 * What a request may cost: commands sent to Redis, statements executed by PostgreSQL ({@code begin} and {@code commit} among them), and KiB that
 * the event loops allocate for it. The first two are exact. The third is about one and a half times of what was measured, so that a doubling
 * fails on any JVM; 0 where it is not measured, since the request cannot be repeated often.
 */
enum Budget {
    OWN_VIEW_CACHED("GET /api/users/{id} of one's own, cached", 1, 0, 100),
    OWN_VIEW_KNOWN("the same with If-None-Match", 1, 0, 100),
    OWN_VIEW_BY_KEY("the same with an API key", 1, 0, 100),
    OTHER_VIEW("GET /api/users/{id} by an admin", 1, 1, 105),
    OTHER_VIEW_MANAGED("the same by an admin that manages the user", 1, 1, 105),
    ME("GET /api/auth/me", 1, 1, 90),
    INTROSPECTION("POST /api/auth/introspect by a super admin", 2, 0, 90),
    INTROSPECTION_MANAGED("the same by an admin that manages the user", 2, 1, 90),
    REFRESH("POST /api/auth/refresh", 1, 1, 0),
    LOGIN("POST /api/auth/login", 4, 7, 0),
    CONSUME("POST /api/quotas/{r}/consume", 1, 1, 95),
    CONSUME_ONCE("the same with an Idempotency-Key", 1, 6, 0),
    GENERATION("POST /api/generations", 1, 1, 0),
    QUOTAS("GET /api/quotas/me", 1, 1, 70),
    LIST("GET /api/users with its total", 1, 1, 180),
    LIST_MANAGED("the same by an admin", 1, 1, 95),
    SEARCH("GET /api/users?q= with its total", 1, 1, 95),
    LIST_ESTIMATED("GET /api/users with an estimated total", 1, 2, 200);

    private final String what;
    final int redis;
    final int sql;
    final int kib;

    Budget(String what, int redis, int sql, int kib) {
        this.what = what;
        this.redis = redis;
        this.sql = sql;
        this.kib = kib;
    }

    @Override
    public String toString() {
        return what;
    }
}
