package io.usher.security;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.usher.cache.UserCache;
import io.usher.config.UsherConfig;
import io.usher.security.SessionService.Tokens;
import io.usher.testing.RealServers;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.HmacKey;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(RealServers.class)
class AuthenticationTest {
    private static final String PROBE = "/api/test/caller";

    @Inject
    Fixtures fixtures;

    @Inject
    SessionService sessions;

    @Inject
    UserCache cache;

    @Inject
    SigningKeys keys;

    @Inject
    UsherConfig service;

    private UUID user;
    private Tokens tokens;

    @BeforeEach
    void signIn() {
        user = fixtures.user();
        tokens = fixtures.login(user);
    }

    private static ValidatableResponse get(String token) {
        return given().header("Authorization", "Bearer " + token).get(PROBE).then();
    }

    private static void isRefused(String token, String code) {
        get(token)
                .statusCode(401)
                .contentType("application/problem+json")
                .body("code", equalTo(code))
                .header("WWW-Authenticate", containsString("error=\"invalid_token\""))
                .header("RateLimit", notNullValue());
    }

    private String forge(Consumer<JwtClaims> claims, Consumer<JsonWebSignature> header, Key key) {
        try {
            JwtClaims all = new JwtClaims();
            all.setIssuer(service.publicUrl().toString());
            all.setAudience("usher");
            all.setSubject(user.toString());
            all.setStringClaim("sid", tokens.sessionId().toString());
            all.setGeneratedJwtId();
            all.setIssuedAtToNow();
            all.setExpirationTimeMinutesInTheFuture(5);
            all.setStringListClaim("groups", "customer");
            claims.accept(all);
            JsonWebSignature signature = new JsonWebSignature();
            signature.setAlgorithmConstraints(AlgorithmConstraints.NO_CONSTRAINTS);
            signature.setAlgorithmHeaderValue("RS256");
            signature.setHeader("typ", "at+jwt");
            signature.setKeyIdHeaderValue(keys.current().signing().id());
            signature.setPayload(all.toJson());
            signature.setDoKeyValidation(false);
            header.accept(signature);
            signature.setKey(key);
            return signature.getCompactSerialization();
        } catch (org.jose4j.lang.JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    private Key ours() {
        return keys.current().signing().privateKey();
    }

    @Test
    void admitsTheBearerOfAToken() {
        get(tokens.accessToken())
                .statusCode(200)
                .body("userId", equalTo(user.toString()))
                .body("sessionId", equalTo(tokens.sessionId().toString()))
                .body("roles", contains("customer"))
                .header("RateLimit-Policy", equalTo("\"api\";q=1200;w=60"))
                .header("RateLimit", matchesPattern("\"api\";r=11\\d\\d;t=\\d+"));
        get(forge(c -> {}, h -> {}, ours())).statusCode(200);
    }

    @Test
    void asksForATokenWhereThereIsNone() {
        given().get(PROBE)
                .then()
                .statusCode(401)
                .body("code", equalTo("unauthenticated"))
                .header("WWW-Authenticate", equalTo("Bearer"))
                .header("RateLimit", notNullValue());
    }

    @Test
    void refusesForgedTokensOfEveryKind() throws Exception {
        Key publicAsSecret = new HmacKey(keys.current().signing().publicKey().getEncoded());
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        Key foreign = generator.generateKeyPair().getPrivate();
        isRefused(forge(c -> {}, h -> h.setAlgorithmHeaderValue("none"), null), "unauthenticated");
        isRefused(forge(c -> {}, h -> h.setAlgorithmHeaderValue("HS256"), publicAsSecret), "unauthenticated");
        isRefused(forge(c -> {}, h -> h.setAlgorithmHeaderValue("RS512"), ours()), "unauthenticated");
        isRefused(forge(c -> {}, h -> {}, foreign), "unauthenticated");
        isRefused(forge(c -> {}, h -> h.setKeyIdHeaderValue("nobody"), ours()), "unauthenticated");
        isRefused(forge(c -> {}, h -> h.setHeader("typ", "JWT"), ours()), "unauthenticated");
        isRefused(forge(c -> {}, h -> h.setHeader("crit", List.of("x")), ours()), "unauthenticated");
        isRefused(forge(c -> c.setAudience("other"), h -> {}, ours()), "unauthenticated");
        isRefused(forge(c -> c.unsetClaim("aud"), h -> {}, ours()), "unauthenticated");
        isRefused(forge(c -> c.setIssuer("https://evil.example"), h -> {}, ours()), "unauthenticated");
        isRefused(forge(c -> c.setSubject("not-a-uuid"), h -> {}, ours()), "unauthenticated");
        isRefused(forge(c -> c.unsetClaim("exp"), h -> {}, ours()), "unauthenticated");
        isRefused(forge(c -> c.setClaim("exp", "soon"), h -> {}, ours()), "unauthenticated");
        isRefused(forge(c -> c.unsetClaim("sid"), h -> {}, ours()), "unauthenticated");
        isRefused(forge(c -> c.setClaim("groups", 7), h -> {}, ours()), "unauthenticated");
        isRefused(forge(c -> c.setExpirationTimeMinutesInTheFuture(-1), h -> {}, ours()), "token_expired");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'alg':'RS256','typ':1,'kid':'k'}",
                "{'alg':'RS256','typ':['at+jwt'],'kid':'k'}",
                "{'alg':'RS256','typ':'at+jwt','kid':{}}",
                "{'alg':7,'typ':'at+jwt','kid':'KEY'}",
                "{'alg':null,'typ':'at+jwt','kid':'KEY'}",
                "{'alg':'RS256','typ':'at+jwt','kid':'KEY','crit':'x'}",
                "{'alg':'RS256','typ':'at+jwt','kid':'KEY','b64':'x'}",
                "[]",
                "7",
                "{"
            })
    void refusesHeadersOfTheWrongShape(String header) {
        String json = header.replace('\'', '"')
                .replace("KEY", keys.current().signing().id());
        String encoded = Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(StandardCharsets.UTF_8));
        isRefused(tokens.accessToken().replaceFirst("^[^.]*", encoded), "unauthenticated");
    }

    @Test
    void refusesTokensThatAreCutOrChanged() {
        String token = tokens.accessToken();
        isRefused(token.substring(0, token.length() - 3), "unauthenticated");
        isRefused(token.substring(0, token.lastIndexOf('.') + 1), "unauthenticated");
        isRefused(token.substring(0, token.lastIndexOf('.')), "unauthenticated");
        isRefused(token.replaceFirst("\\.[A-Za-z0-9_-]{4}", ".AAAA"), "unauthenticated");
        isRefused("..", "unauthenticated");
        isRefused("x".repeat(9000), "unauthenticated");
        isRefused(tokens.refreshToken(), "unauthenticated");
    }

    @Test
    void refusesTheSessionOfAnotherUser() {
        Tokens foreign = fixtures.login(fixtures.user());
        isRefused(
                forge(c -> c.setStringClaim("sid", foreign.sessionId().toString()), h -> {}, ours()),
                "session_revoked");
        isRefused(
                forge(c -> c.setStringClaim("sid", UUID.randomUUID().toString()), h -> {}, ours()), "session_revoked");
    }

    @Test
    void refusesTheNextRequestOfASessionThatWasEnded() {
        get(tokens.accessToken()).statusCode(200);
        get(tokens.accessToken()).statusCode(200);
        fixtures.run(() -> cache.change(user, () -> sessions.endAll(user, null)));
        isRefused(tokens.accessToken(), "session_revoked");
    }

    @Test
    void refusesTheNextRequestAfterARefreshTokenWasReused() {
        fixtures.run(() -> sessions.refresh(tokens.refreshToken()));
        get(tokens.accessToken()).statusCode(200);
        fixtures.run(() -> sessions.refresh(tokens.refreshToken()).onFailure().recoverWithNull());
        isRefused(tokens.accessToken(), "session_revoked");
    }

    @Test
    void seesARoleOnceTheUserHasChanged() {
        given().header("Authorization", "Bearer " + tokens.accessToken())
                .get(PROBE + "/admin")
                .then()
                .statusCode(403);
        fixtures.run(() -> cache.change(
                user, () -> fixtures.execute("update users set user_type = 'admin' where id = $1", Tuple.of(user))));
        given().header("Authorization", "Bearer " + tokens.accessToken())
                .get(PROBE + "/admin")
                .then()
                .statusCode(200);
    }

    @Test
    void notesActivityAtMostOnceAMinute() {
        fixtures.sql(
                "update user_sessions set last_activity_at = now() - interval '59 seconds' where id = $1",
                Tuple.of(tokens.sessionId()));
        get(tokens.accessToken()).statusCode(200);
        assertThat(idleSeconds()).isGreaterThan(50);
        fixtures.run(() -> cache.invalidate(user));
        fixtures.sql(
                "update user_sessions set last_activity_at = now() - interval '2 minutes' where id = $1",
                Tuple.of(tokens.sessionId()));
        get(tokens.accessToken()).statusCode(200);
        assertThat(idleSeconds()).isLessThan(10);
    }

    private double idleSeconds() {
        return fixtures.sql(
                        "select extract(epoch from now() - last_activity_at)::float8 from user_sessions where id = $1",
                        Tuple.of(tokens.sessionId()))
                .iterator()
                .next()
                .getDouble(0);
    }

    @Test
    void publishesTheKeysThatVerify() {
        for (String path : List.of("/.well-known/jwks.json", "/api/.well-known/jwks.json")) {
            given().get(path)
                    .then()
                    .statusCode(200)
                    .header("Cache-Control", equalTo("public, max-age=300"))
                    .body("keys[0].kid", equalTo(keys.current().signing().id()))
                    .body("keys[0].alg", equalTo("RS256"))
                    .body("keys[0].d", equalTo(null));
        }
    }
}
