package io.usher.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.usher.testing.Actors;
import io.usher.testing.Given;
import io.usher.testing.LogCapture;
import io.usher.testing.Parallel;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many connections at once find no pool too small, no session shared, no thread confused. */
@UsherTest
@TestProfile(LoadProfile.class)
class ReadsAndWritesTest {
    private static final String POOL_OR_SESSION_TROUBLE =
            "(?is).*(HR0000\\d\\d|illegal pop|pool|queue.*full|waiting|timed? ?out|blocked for|deadlock|too many).*";

    private static final int REQUESTS = 1200;
    private static final int USERS = 16;

    /** Users with their tokens, and an admin of all of them; signed in once, since at bcrypt's real cost that takes as long as the load. */
    private record Accounts(List<TestUser> users, List<String> tokens, String admin) {
        private static @Nullable Accounts signedIn;

        static synchronized Accounts get() {
            if (signedIn == null) {
                List<TestUser> users =
                        Parallel.times(USERS, 4, i -> Given.customer().create());
                TestUser admin = Given.adminOf(users.toArray(TestUser[]::new));
                Parallel.each(users, Actors::token);
                signedIn = new Accounts(users, users.stream().map(Actors::token).toList(), Actors.token(admin));
            }
            return signedIn;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 64, 256})
    void usersAreReadOverManyConnections(int connections) throws Exception {
        Accounts all = Accounts.get();
        String path = "/api/users/" + all.users().get(0).id();
        String own = all.tokens().get(0);

        drive("reads", connections, i -> Load.Call.get(path, i % 2 == 0 ? own : all.admin()));
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 64, 256})
    void readsAndWritesMix(int connections) throws Exception {
        Accounts all = Accounts.get();
        String admin = all.admin();

        drive("reads and writes", connections, i -> {
            String path = "/api/users/" + all.users().get(i % USERS).id();
            String own = all.tokens().get(i % USERS);
            return switch (i % 10) {
                case 0 -> new Load.Call(HttpMethod.PATCH, path, own, "{\"name\": \"Ann " + i + "\"}");
                case 1 -> new Load.Call(HttpMethod.PATCH, path, admin, "{\"notes\": \"Note " + i + "\"}");
                case 2 -> new Load.Call(HttpMethod.POST, "/api/users", admin, "{\"email\": \"" + Given.email() + "\"}");
                case 3 -> Load.Call.get("/api/users?limit=20&q=example&count=none", admin);
                case 4 -> Load.Call.get("/api/auth/me", own);
                default -> Load.Call.get(path, i % 2 == 0 ? own : admin);
            };
        });
    }

    private static void drive(String what, int connections, IntFunction<Load.Call> call) throws Exception {
        try (LogCapture log = new LogCapture();
                Load load = new Load(RestAssured.port, connections)) {
            assertThat(load.times(REQUESTS, call)).as(() -> load.summary(what)).succeedsWithin(120, TimeUnit.SECONDS);
            System.out.println(load.summary(what));

            assertThat(load.failures()).isEmpty();
            assertThat(load.count()).isEqualTo(REQUESTS);
            assertThat(log.lines())
                    .noneMatch(line -> line.startsWith("ERROR") || line.matches(POOL_OR_SESSION_TROUBLE));
        }
    }
}
