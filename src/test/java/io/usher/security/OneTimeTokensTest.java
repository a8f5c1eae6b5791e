package io.usher.security;

import static io.usher.security.OneTimeTokens.Purpose.RESET;
import static io.usher.security.OneTimeTokens.Purpose.SETUP;
import static io.usher.security.OneTimeTokens.Purpose.VERIFY;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.usher.security.OneTimeTokens.Issued;
import io.usher.testing.RealServers;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealServers.class)
class OneTimeTokensTest {
    @Inject
    Fixtures fixtures;

    @Inject
    OneTimeTokens tokens;

    private Issued issue(UUID user, OneTimeTokens.Purpose purpose) {
        return fixtures.run(() -> tokens.issue(user, purpose));
    }

    private boolean use(UUID user, OneTimeTokens.Purpose purpose, String token) {
        return fixtures.run(() -> tokens.use(user, purpose, token));
    }

    @Test
    void isGoodForOneUse() {
        UUID user = fixtures.user();
        UUID other = fixtures.user();
        String token = issue(user, SETUP).token();
        assertThat(fixtures.run(() -> tokens.isLive(user, SETUP, token))).isTrue();
        assertThat(fixtures.run(() -> tokens.isLive(user, SETUP, token + "x"))).isFalse();
        assertThat(fixtures.run(() -> tokens.isLive(other, SETUP, token))).isFalse();
        assertThat(use(user, SETUP, token + "x")).isFalse();
        assertThat(use(user, RESET, token)).isFalse();
        assertThat(use(user, SETUP, token)).isTrue();
        assertThat(use(user, SETUP, token)).isFalse();
        assertThat(fixtures.run(() -> tokens.isLive(user, SETUP, token))).isFalse();
    }

    @Test
    void replacesTheUsersLastOne() {
        UUID user = fixtures.user();
        String first = issue(user, RESET).token();
        String second = issue(user, RESET).token();
        assertThat(use(user, RESET, first)).isFalse();
        assertThat(fixtures.run(() -> tokens.ownerOfReset(first))).isNull();
        assertThat(fixtures.run(() -> tokens.ownerOfReset(second))).isEqualTo(user);
        assertThat(use(user, RESET, second)).isTrue();
        assertThat(use(user, RESET, second)).isFalse();
    }

    @Test
    void isVoidOnceItHasExpired() {
        UUID user = fixtures.user();
        String token = issue(user, RESET).token();
        fixtures.sql(
                "update one_time_tokens set expires_at = now() - interval '1 second' where user_id = $1",
                Tuple.of(user));
        assertThat(use(user, RESET, token)).isFalse();
    }

    @Test
    void admitsFiveTriesOfACode() {
        UUID user = fixtures.user();
        String code = issue(user, VERIFY).token();
        assertThat(code).matches("\\d{6}");
        String wrong = code.equals("000000") ? "000001" : "000000";
        IntStream.range(0, 4).forEach(i -> assertThat(use(user, VERIFY, wrong)).isFalse());
        assertThat(use(user, VERIFY, code)).isTrue();
        String next = issue(user, VERIFY).token();
        String wrongNext = next.equals("000000") ? "000001" : "000000";
        IntStream.range(0, 5)
                .forEach(i -> assertThat(use(user, VERIFY, wrongNext)).isFalse());
        assertThat(use(user, VERIFY, next)).isFalse();
    }

    @Test
    void letsOneOfManyParallelUsesWin() {
        UUID user = fixtures.user();
        String token = issue(user, SETUP).token();
        List<CompletableFuture<Boolean>> uses = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> use(user, SETUP, token)))
                .toList();
        assertThat(uses.stream().map(CompletableFuture::join)).containsOnlyOnce(true);
    }

    @Test
    void issuesForASetInOneStatement() {
        List<UUID> users = List.of(fixtures.user(), fixtures.user(), fixtures.user());
        Map<UUID, Issued> issued = fixtures.run(() -> tokens.issueAll(users, SETUP));
        assertThat(issued.keySet()).containsExactlyElementsOf(users);
        users.forEach(
                user -> assertThat(use(user, SETUP, issued.get(user).token())).isTrue());
        assertThat(fixtures.run(() -> tokens.issueAll(List.of(), SETUP))).isEmpty();
    }

    @Test
    void takesEveryTokenBack() {
        UUID user = fixtures.user();
        String setup = issue(user, SETUP).token();
        String reset = issue(user, RESET).token();
        fixtures.run(() -> tokens.revokeAll(user).chain(() -> Uni.createFrom().voidItem()));
        assertThat(use(user, SETUP, setup)).isFalse();
        assertThat(use(user, RESET, reset)).isFalse();
    }
}
