package io.usher.auth;

import static io.usher.testing.Actors.anonymous;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.arc.Arc;
import io.restassured.response.Response;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.TestUser;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Calls of the auth API, and what tests of it look at besides the answers. */
final class AuthCalls {
    private AuthCalls() {}

    static Response post(String path, Map<String, ?> body) {
        return anonymous().body(body).post("/api/auth" + path);
    }

    static Response register(String email, String password) {
        return post("/register", Map.of("email", email, "password", password));
    }

    static Response verify(String email, String code) {
        return post("/verify-email", Map.of("email", email, "code", code));
    }

    static Response setPassword(String email, String token, String password) {
        return post("/set-password", Map.of("email", email, "setupToken", token, "password", password));
    }

    static Response refresh(String token) {
        return post("/refresh", Map.of("refreshToken", token));
    }

    static Response reset(String token, String password) {
        return post("/reset-password", Map.of("token", token, "newPassword", password));
    }

    /** An answer without what differs between any two requests. */
    static Map<String, Object> comparable(Response answer) {
        Map<String, Object> body = new HashMap<>(answer.jsonPath().getMap(""));
        body.remove("requestId");
        body.put("http status", answer.statusCode());
        return body;
    }

    /** How often bcrypt ran while the work was done. */
    static long bcryptRuns(Supplier<Response> work) {
        long before = bcryptRuns();
        Response ignored = work.get();
        return bcryptRuns() - before;
    }

    private static long bcryptRuns() {
        MeterRegistry metrics = Arc.container().instance(MeterRegistry.class).get();
        return metrics.find("usher.password.time").timers().stream()
                .mapToLong(t -> t.count())
                .sum();
    }

    /** Gives the user a set-up token that lasts this long. */
    static String setupToken(TestUser user, long seconds) {
        String token = "usst_" + Given.unique() + Given.unique() + Given.unique();
        Database.execute(
                "insert into one_time_tokens (user_id, purpose, token_hash, created_at, expires_at) values "
                        + "(?, 'setup', sha256(convert_to(?, 'UTF8')), now(), now() + ? * interval '1 second')",
                user.id(),
                token,
                seconds);
        return token;
    }

    static String setupToken(TestUser user) {
        return setupToken(user, TimeUnit.DAYS.toSeconds(7));
    }

    /** A code that is not this one. */
    static String otherThan(String code) {
        return String.format("%06d", (Integer.parseInt(code) + 1) % 1_000_000);
    }

    /** Does the same thing several times at once. */
    static <T> List<T> inParallel(int times, Callable<T> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(times);
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> done : threads.invokeAll(Collections.nCopies(times, work))) {
                results.add(done.get());
            }
            return results;
        } finally {
            threads.shutdown();
        }
    }
}
