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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;
import org.junit.jupiter.api.Test;

/** Logins cost what bcrypt costs; a flood of them is turned away, and slows down nobody who is signed in. */
@UsherTest
@TestProfile(LoadProfile.class)
class LoginFloodTest {
    private static final int FLOOD = 64;

    @Test
    void surplusLoginsAreTurnedAwayWhileReadsGoOn() throws Exception {
        TestUser reader = Given.customer().create();
        String token = Actors.token(reader);
        TestUser[] users = usersWithRealHashes();
        try (LogCapture log = new LogCapture();
                Load logins = new Load(RestAssured.port, FLOOD);
                Load reads = new Load(RestAssured.port, 4)) {
            CompletableFuture<Void> reading =
                    reads.during(Duration.ofSeconds(4), i -> Load.Call.get("/api/users/" + reader.id(), token));
            logins.times(2 * FLOOD, i -> login(users[i % FLOOD])).get(60, TimeUnit.SECONDS);
            reading.get(60, TimeUnit.SECONDS);
            System.out.println(logins.summary("flood of logins") + "\n" + reads.summary("reads meanwhile"));

            assertThat(logins.count(200)).as("logins that succeed").isPositive();
            assertThat(logins.count(503)).as("logins turned away").isPositive();
            assertThat(logins.count(200) + logins.count(503))
                    .as("no login is answered otherwise")
                    .isEqualTo(2 * FLOOD);
            assertThat(logins.retryAfter()).allMatch(seconds -> seconds.matches("[1-9][0-9]*"));
            assertThat(logins.failures()).allMatch(failure -> failure.contains("\"code\":\"overloaded\""));
            assertThat(reads.failures()).isEmpty();
            assertThat(log.lines()).noneMatch(line -> line.startsWith("ERROR"));
        }
    }

    private static TestUser[] usersWithRealHashes() {
        String hash = OpenBSDBCrypt.generate("2b", Given.PASSWORD.toCharArray(), new byte[16], LoadProfile.COST);
        return IntStream.range(0, FLOOD)
                .mapToObj(i -> Given.customer().passwordHash(hash).create())
                .toArray(TestUser[]::new);
    }

    private static Load.Call login(TestUser user) {
        String body = "{\"username\": \"" + user.email() + "\", \"password\": \"" + Given.PASSWORD + "\"}";
        return new Load.Call(HttpMethod.POST, "/api/auth/login", null, body);
    }
}
