package io.usher.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.security.SessionService.Tokens;
import io.usher.testing.RealServers;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealServers.class)
class SessionServiceTest {
    @Inject
    Fixtures fixtures;

    @Inject
    SessionService sessions;

    @Inject
    SessionSweep sweep;

    private static ProblemCode problem(Runnable call) {
        try {
            call.run();
        } catch (ProblemException e) {
            return e.code();
        }
        throw new AssertionError("It succeeded");
    }

    private Tokens refresh(String token) {
        return fixtures.run(() -> sessions.refresh(token));
    }

    @Test
    void opensASessionThatIsLive() {
        UUID user = fixtures.user();
        Tokens tokens = fixtures.login(user);
        assertThat(tokens.expiresIn()).isEqualTo(900);
        assertThat(tokens.refreshExpiresIn()).isEqualTo(86_400);
        assertThat(tokens.refreshToken()).startsWith("usrt_").hasSizeGreaterThanOrEqualTo(48);
        assertThat(fixtures.run(() -> sessions.live(user)))
                .singleElement()
                .satisfies(s -> assertThat(s.id()).isEqualTo(tokens.sessionId()))
                .satisfies(s -> assertThat(s.ip()).isEqualTo("192.0.2.1"));
    }

    @Test
    void rotatesRefreshTokensWithoutExtendingTheSession() {
        UUID user = fixtures.user();
        Tokens first = fixtures.login(user);
        Tokens second = refresh(first.refreshToken());
        assertThat(second.sessionId()).isEqualTo(first.sessionId());
        assertThat(second.refreshToken()).isNotEqualTo(first.refreshToken());
        assertThat(second.refreshExpiresIn()).isLessThanOrEqualTo(first.refreshExpiresIn());
        assertThat(refresh(second.refreshToken()).sessionId()).isEqualTo(first.sessionId());
    }

    @Test
    void endsTheSessionWhenARefreshTokenIsReused() {
        Tokens first = fixtures.login(fixtures.user());
        Tokens second = refresh(first.refreshToken());
        assertThat(problem(() -> refresh(first.refreshToken()))).isEqualTo(ProblemCode.REFRESH_REUSED);
        assertThat(problem(() -> refresh(second.refreshToken()))).isEqualTo(ProblemCode.SESSION_REVOKED);
        assertThat(problem(() -> refresh(second.refreshToken()))).isEqualTo(ProblemCode.SESSION_REVOKED);
    }

    @Test
    void letsExactlyOneOfManyParallelRefreshesWin() {
        for (int round = 0; round < 20; round++) {
            UUID user = fixtures.user();
            Tokens first = fixtures.login(user);
            List<String> outcomes = fixtures.run(() -> Uni.join()
                    .all(IntStream.range(0, 8)
                            .mapToObj(i -> sessions.refresh(first.refreshToken())
                                    .map(t -> "won")
                                    .onFailure(ProblemException.class)
                                    .recoverWithItem(e -> e.code().code()))
                            .toList())
                    .andCollectFailures());
            assertThat(outcomes).filteredOn("won"::equals).hasSize(1);
            assertThat(outcomes).filteredOn("refresh_reused"::equals).hasSize(7);
            assertThat(fixtures.run(() -> sessions.live(user))).isEmpty();
        }
    }

    @Test
    void tellsUnknownExpiredAndEndedApart() {
        UUID user = fixtures.user();
        assertThat(problem(() -> refresh("usrt_nonsense"))).isEqualTo(ProblemCode.UNAUTHENTICATED);
        Tokens expired = fixtures.login(user);
        fixtures.sql(
                "update user_sessions set expires_at = now() - interval '1 second' where id = $1",
                Tuple.of(expired.sessionId()));
        assertThat(problem(() -> refresh(expired.refreshToken()))).isEqualTo(ProblemCode.TOKEN_EXPIRED);
        Tokens ended = fixtures.login(user);
        assertThat(fixtures.run(() -> sessions.end(user, ended.sessionId()))).isTrue();
        assertThat(fixtures.run(() -> sessions.end(user, ended.sessionId()))).isFalse();
        assertThat(problem(() -> refresh(ended.refreshToken()))).isEqualTo(ProblemCode.SESSION_REVOKED);
    }

    @Test
    void refusesToRefreshForAUserThatIsNotActive() {
        UUID user = fixtures.user();
        Tokens tokens = fixtures.login(user);
        fixtures.sql("update users set status = 'suspended' where id = $1", Tuple.of(user));
        assertThat(problem(() -> refresh(tokens.refreshToken()))).isEqualTo(ProblemCode.SESSION_REVOKED);
    }

    @Test
    void endsOnlyTheUsersOwnSessionsAndSparesOne() {
        UUID user = fixtures.user();
        UUID other = fixtures.user();
        Tokens kept = fixtures.login(user);
        fixtures.login(user);
        fixtures.login(user);
        Tokens foreign = fixtures.login(other);
        assertThat(fixtures.run(() -> sessions.end(user, foreign.sessionId()))).isFalse();
        assertThat(fixtures.run(() -> sessions.endAll(user, kept.sessionId()))).isEqualTo(2);
        assertThat(fixtures.run(() -> sessions.live(user))).singleElement().satisfies(s -> assertThat(s.id())
                .isEqualTo(kept.sessionId()));
        assertThat(fixtures.run(() -> sessions.endAll(user, null))).isEqualTo(1);
        assertThat(fixtures.run(() -> sessions.live(other))).hasSize(1);
    }

    @Test
    void sweepsWhatExpiredADayAgo() {
        UUID user = fixtures.user();
        Tokens old = fixtures.login(user);
        Tokens live = fixtures.login(user);
        fixtures.sql(
                "update user_sessions set expires_at = now() - interval '25 hours' where id = $1",
                Tuple.of(old.sessionId()));
        fixtures.run(() -> sweep.sweep());
        assertThat(fixtures.sql("select id from user_sessions where user_id = $1", Tuple.of(user))
                        .iterator()
                        .next()
                        .getUUID(0))
                .isEqualTo(live.sessionId());
        assertThat(fixtures.sql("select 1 from refresh_tokens where session_id = $1", Tuple.of(old.sessionId()))
                        .size())
                .isZero();
    }

    @Test
    void storesNoTokenInClear() {
        Tokens tokens = fixtures.login(fixtures.user());
        assertThat(fixtures.sql(
                                "select 1 from refresh_tokens where token_hash = sha256(convert_to($1, 'UTF8'))",
                                Tuple.of(tokens.refreshToken()))
                        .size())
                .isEqualTo(1);
        assertThatThrownBy(() -> refresh(tokens.accessToken())).isInstanceOf(ProblemException.class);
    }
}
