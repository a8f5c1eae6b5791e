package io.usher.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.usher.testing.Given;
import io.usher.testing.RealServers;
import io.usher.testing.SigningKeys;
import io.usher.testing.TestUser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two processes of the package whose clocks are five minutes apart, with midnight between them: for one it is 23:56, for the other 00:01. Needs
 * libfaketime (Debian's package {@code faketime}), and is skipped where there is none.
 */
class ClockSkewIT {
    private static final Duration APART = Duration.ofMinutes(5);
    private static final LocalTime BEFORE_MIDNIGHT = LocalTime.of(23, 56);
    private static final int LIMIT = 7;

    @TempDir
    static Path keys;

    private static Replica behind;
    private static Replica ahead;

    @BeforeAll
    static void start() {
        Path library = library();
        Assumptions.assumeTrue(Files.exists(library), "there is no libfaketime here: apt-get install faketime");
        RealServers.ensureStarted();
        SigningKeys.makeKey(keys);
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        Duration offset = Duration.between(
                now, LocalDate.now(ZoneOffset.UTC).atTime(BEFORE_MIDNIGHT).atOffset(ZoneOffset.UTC));
        behind = start(library, offset);
        ahead = start(library, offset.plus(APART));
    }

    private static Path library() {
        return Stream.of("x86_64-linux-gnu", "aarch64-linux-gnu")
                .map(machine -> Path.of("/usr/lib", machine, "faketime/libfaketimeMT.so.1"))
                .filter(Files::exists)
                .findFirst()
                .orElse(Path.of("/usr/lib/faketime/libfaketimeMT.so.1"));
    }

    private static Replica start(Path library, Duration offset) {
        return Replica.start(
                keys,
                Map.of("usher.quota.defaults.daily", "daily:" + LIMIT),
                Map.of(
                        "LD_PRELOAD",
                        library.toString(),
                        "FAKETIME",
                        "%+d".formatted(offset.toSeconds()),
                        "DONT_FAKE_MONOTONIC",
                        "1",
                        "FAKETIME_DONT_FAKE_MONOTONIC",
                        "1",
                        // or every timed wait of the JVM ends at once, and it waits by spinning
                        "FAKETIME_FORCE_MONOTONIC_FIX",
                        "0"));
    }

    @AfterAll
    static void stop() {
        Stream.of(behind, ahead).filter(replica -> replica != null).forEach(Replica::close);
    }

    @Test
    void eachTakesTheTokensOfTheOtherAndKnowsWhenASessionHasEnded() {
        TestUser user = Given.customer().create();
        for (List<Replica> pair : List.of(List.of(behind, ahead), List.of(ahead, behind))) {
            String token = login(pair.get(0), user, Given.PASSWORD).path("token");
            assertThat(pair.get(1).as(token).get("/api/auth/me").statusCode()).isEqualTo(200);

            assertThat(pair.get(1).as(token).post("/api/auth/logout").statusCode())
                    .isEqualTo(204);

            assertThat(pair.get(0).as(token).get("/api/auth/me").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void aRefreshTokenOfOneIsExchangedByTheOther() {
        Response login = login(ahead, Given.customer().create(), Given.PASSWORD);

        Response refreshed = behind.request()
                .body(Map.of("refreshToken", login.path("refreshToken")))
                .post("/api/auth/refresh");

        assertThat(refreshed.statusCode()).as(refreshed.asString()).isEqualTo(200);
        assertThat(ahead.as(refreshed.path("token")).get("/api/auth/me").statusCode())
                .isEqualTo(200);
    }

    @Test
    void bothCountTowardsOneLimit() {
        TestUser user = Given.customer().create();
        for (int i = 0; i < 5; i++) {
            assertThat(login(i % 2 == 0 ? behind : ahead, user, "Wrong-Horse-9").statusCode())
                    .isEqualTo(401);
        }

        assertThat(login(behind, user, "Wrong-Horse-9").statusCode()).isEqualTo(429);
        assertThat(login(ahead, user, "Wrong-Horse-9").statusCode()).isEqualTo(429);
    }

    @Test
    void aDayThatHasBegunForOneHasBegunForBoth() {
        TestUser user = Given.customer().create();
        String token = login(behind, user, Given.PASSWORD).path("token");

        assertThat(taken(behind, token)).as("on the day before").isEqualTo(LIMIT);
        assertThat(taken(ahead, token)).as("on the next day").isEqualTo(LIMIT);

        assertThat(taken(behind, token)).as("never again on the day before").isZero();
        assertThat(taken(ahead, token)).isZero();
    }

    @Test
    void theAuditLogIsOneChain() {
        TestUser user = Given.customer().create();
        String admin =
                login(behind, Given.superAdmin().create(), Given.PASSWORD).path("token");
        for (Replica replica : List.of(ahead, behind, ahead)) {
            assertThat(replica.as(admin)
                            .body(Map.of("notes", "Note"))
                            .patch(user.path(""))
                            .statusCode())
                    .isEqualTo(200);
        }

        Response verified = ahead.as(admin).get("/api/admin/audit/verify");

        assertThat(verified.<Boolean>path("valid")).as(verified.asString()).isTrue();
    }

    private static long taken(Replica replica, String token) {
        return Stream.generate(() -> replica.as(token).body("{}").post("/api/quotas/daily/consume"))
                .limit(LIMIT + 1)
                .filter(answer -> answer.statusCode() == 200)
                .count();
    }

    private static Response login(Replica replica, TestUser user, String password) {
        return replica.request()
                .body(Map.of("username", user.email(), "password", password))
                .post("/api/auth/login");
    }
}
