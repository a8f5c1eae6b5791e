package io.usher.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.usher.testing.Actors;
import io.usher.testing.Given;
import io.usher.testing.LogCapture;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many connections at once find no pool too small, no session shared, no thread confused. */
@UsherTest
@TestProfile(LoadProfile.class)
class ReadsAndWritesTest {
    private static final String POOL_OR_SESSION_TROUBLE =
            "(?is).*(HR0000\\d\\d|illegal pop|pool|queue.*full|waiting|timed? ?out|blocked for|deadlock|too many).*";

    @ParameterizedTest
    @ValueSource(ints = {32, 64, 256})
    void usersAreReadOverManyConnections(int connections) throws Exception {
        TestUser customer = Given.customer().create();
        TestUser admin = Given.adminOf(customer);
        String own = Actors.token(customer);
        String admins = Actors.token(admin);

        drive("reads", connections, i -> Load.Call.get("/api/users/" + customer.id(), i % 2 == 0 ? own : admins));
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 64, 256})
    void readsAndWritesMix(int connections) throws Exception {
        TestUser[] users =
                IntStream.range(0, 16).mapToObj(i -> Given.customer().create()).toArray(TestUser[]::new);
        List<String> tokens = java.util.Arrays.stream(users).map(Actors::token).toList();
        String admin = Actors.token(Given.adminOf(users));

        drive("reads and writes", connections, i -> {
            TestUser user = users[i % users.length];
            String path = "/api/users/" + user.id();
            String own = tokens.get(i % users.length);
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
            load.during(Duration.ofSeconds(3), call).get(60, TimeUnit.SECONDS);
            System.out.println(load.summary(what));

            assertThat(load.failures()).isEmpty();
            assertThat(load.count()).isGreaterThan(connections);
            assertThat(log.lines())
                    .noneMatch(line -> line.startsWith("ERROR") || line.matches(POOL_OR_SESSION_TROUBLE));
        }
    }
}
