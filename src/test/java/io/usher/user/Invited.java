package io.usher.user;

import static io.usher.testing.Actors.anonymous;
import static io.usher.testing.Actors.as;

import io.restassured.response.Response;
import io.usher.testing.Given;
import io.usher.testing.TestUser;
import java.util.Map;

/** A user without a password, and the set-up token that an admin was told. */
record Invited(String id, String email, String setupToken) {
    static Invited by(TestUser admin) {
        String email = Given.email();
        Response created = as(admin).body(Map.of("email", email)).post("/api/users");
        return new Invited(created.path("id"), email, created.path("setupToken"));
    }

    /** The same, once it is an admin. */
    Invited promotedBy(TestUser boss) {
        as(boss).body(Map.of("userType", "admin")).patch(path()).then().statusCode(200);
        return this;
    }

    /** The same, with the token of a reset. */
    Invited resetBy(TestUser admin) {
        Response reset = as(admin).post("/api/admin/users/" + id + "/reset-password");
        return new Invited(id, email, reset.path("setupToken"));
    }

    Response setPassword() {
        return anonymous()
                .body(Map.of("email", email, "setupToken", setupToken, "password", Given.PASSWORD))
                .post("/api/auth/set-password");
    }

    String path() {
        return "/api/users/" + id;
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "Invited[" + id + "]";
    }
}
