package io.usher.auth;

import static io.usher.auth.AuthCalls.comparable;
import static io.usher.auth.AuthCalls.post;
import static io.usher.auth.AuthCalls.reset;
import static io.usher.testing.Actors.tryLogin;
import static io.usher.testing.Actors.withToken;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.usher.testing.Actors;
import io.usher.testing.Actors.Tokens;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.Mails;
import io.usher.testing.Mails.Mail;
import io.usher.testing.MutableClock;
import io.usher.testing.NoLimits;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Forgotten passwords. */
@UsherTest
@TestProfile(NoLimits.class)
class PasswordRecoveryTest {
    private static final String NEW = "Better-Horse-8";

    @Inject
    MutableClock clock;

    @Test
    void theMailedTokenSetsAPasswordAndEndsEverySession() {
        TestUser user = Given.customer().unverified().create();
        Tokens old = Actors.login(user);
        forgot(user.email());
        Mail mail = Mails.first(user.email());
        assertThat(mail.text()).contains("/reset-password?token=" + mail.token());
        assertThat(mail.html()).contains("token=" + mail.token());

        reset(mail.token(), NEW).then().statusCode(204);

        withToken(old.accessToken())
                .get("/api/auth/me")
                .then()
                .statusCode(401)
                .body("code", equalTo("session_revoked"));
        tryLogin(user.email(), Given.PASSWORD).then().statusCode(401);
        tryLogin(user.email(), NEW).then().statusCode(200);
        assertThat(Mails.await(user.email(), 2).get(1).subject()).contains("password was changed");
        assertThat(Database.text("select email_verified from users where id = ?", user.id()))
                .isEqualTo("t");
    }

    @Test
    void aTokenWorksOnce() {
        TestUser user = Given.customer().create();
        String token = mailed(user);
        reset(token, NEW).then().statusCode(204);

        reset(token, "Another-Horse-9").then().statusCode(401).body("code", equalTo("invalid_code"));
        reset("usrp_" + Given.unique(), NEW).then().statusCode(401).body("code", equalTo("invalid_code"));
        tryLogin(user.email(), NEW).then().statusCode(200);
    }

    @Test
    void aTokenLastsAnHour() {
        TestUser user = Given.customer().create();
        String token = mailed(user);

        clock.advance(Duration.ofHours(1).plusSeconds(1));

        reset(token, NEW).then().statusCode(401).body("code", equalTo("invalid_code"));
    }

    @Test
    void onlyTheNewestTokenWorks() {
        TestUser user = Given.customer().create();
        String first = mailed(user);
        forgot(user.email());
        String second = Mails.await(user.email(), 2).get(1).token();

        reset(first, NEW).then().statusCode(401);
        reset(second, NEW).then().statusCode(204);
    }

    @Test
    void aPasswordThatBreaksARuleLeavesTheToken() {
        TestUser user = Given.customer().create();
        String token = mailed(user);

        reset(token, "weak").then().statusCode(400).body("errors[0].field", equalTo("newPassword"));
        reset(token, user.email().toUpperCase(java.util.Locale.ROOT).replace("USER", "user"))
                .then()
                .statusCode(400);
        reset(token, NEW).then().statusCode(204);
    }

    @Test
    void aSuspensionAfterTheMailHolds() {
        TestUser user = Given.customer().create();
        String token = mailed(user);
        Database.execute("update users set status = 'suspended' where id = ?", user.id());

        reset(token, NEW).then().statusCode(401).body("code", equalTo("invalid_code"));
        assertThat(Database.text("select password_hash from users where id = ?", user.id()))
                .isEqualTo(Given.PASSWORD_HASH);
    }

    @Test
    void everyAddressIsAnsweredAlikeAndOnlyActiveAccountsGetMail() {
        TestUser active = Given.customer().create();
        List<String> others = List.of(
                Given.customer().status("suspended").create().email(),
                Given.customer().status("pending").create().email(),
                Given.customer().deleted().create().email(),
                Given.email());

        Response known = forgot(active.email());
        for (String other : others) {
            Response answer = forgot(other);
            assertThat(answer.asString()).isEqualTo(known.asString());
            assertThat(answer.statusCode()).isEqualTo(202);
        }

        Mails.first(active.email());
        TestUser last = Given.customer().create();
        mailed(last);
        for (String other : others) {
            assertThat(Mails.to(other)).isEmpty();
        }
        assertThat(Database.number(
                        "select count(*) from mail_outbox where email = any(string_to_array(?, ' '))",
                        String.join(" ", others)))
                .isZero();
    }

    @Test
    void badRequestsNameTheFields() {
        post("/forgot-password", Map.of("email", "nobody"))
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("email"));
        assertThat(comparable(post("/reset-password", Map.of()))).containsEntry("code", "validation_failed");
    }

    private static Response forgot(String email) {
        return post("/forgot-password", Map.of("email", email));
    }

    private static String mailed(TestUser user) {
        forgot(user.email()).then().statusCode(202);
        return Mails.first(user.email()).token();
    }
}
