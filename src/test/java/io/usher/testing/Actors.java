package io.usher.testing;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Requests in somebody's name: {@code as(admin).get("/api/users")}. Each user logs in once, over HTTP, when it is first needed. */
public final class Actors {
    private static final Map<UUID, String> TOKENS = new ConcurrentHashMap<>();

    private Actors() {}

    /** A request with JSON in the user's name. */
    public static RequestSpecification as(TestUser user) {
        return withToken(token(user));
    }

    /** A request with JSON and this access token. */
    public static RequestSpecification withToken(String token) {
        return anonymous().header("Authorization", "Bearer " + token);
    }

    /** A request with JSON and this API key. */
    public static RequestSpecification withKey(String key) {
        return anonymous().header("X-API-Key", key);
    }

    /** A request with JSON in nobody's name. */
    public static RequestSpecification anonymous() {
        return RestAssured.given().contentType(ContentType.JSON).accept(ContentType.JSON);
    }

    /** The access token of the user's first login in this run; log in anew where a test ends sessions and goes on. */
    public static String token(TestUser user) {
        return TOKENS.computeIfAbsent(user.id(), id -> login(user).accessToken());
    }

    /** A new session. */
    public static Tokens login(TestUser user) {
        return login(user, Given.PASSWORD);
    }

    /** A new session. */
    public static Tokens login(TestUser user, String password) {
        Http.Answer answer = Http.call("POST", "/api/auth/login")
                .json(Map.of("username", user.email(), "password", password))
                .send();
        if (answer.status() != 200) {
            throw new AssertionError("Login of " + user.email() + ": " + answer.status() + " " + answer.body());
        }
        return new Tokens(
                answer.json().path("token").asText(),
                answer.json().path("refreshToken").asText());
    }

    /** Whatever a login answers. */
    public static Response tryLogin(String username, String password) {
        return anonymous()
                .body(Map.of("username", username, "password", password))
                .post("/api/auth/login");
    }

    /** What a login hands out. */
    public record Tokens(String accessToken, String refreshToken) {}
}
