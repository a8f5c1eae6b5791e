package io.usher.auth;

import static io.usher.auth.AuthCalls.bcryptRuns;
import static io.usher.auth.AuthCalls.comparable;
import static io.usher.auth.AuthCalls.inParallel;
import static io.usher.auth.AuthCalls.otherThan;
import static io.usher.auth.AuthCalls.post;
import static io.usher.auth.AuthCalls.register;
import static io.usher.auth.AuthCalls.verify;
import static io.usher.testing.Actors.tryLogin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;

import io.quarkus.test.junit.TestProfile;
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

/** Registering with a mailed code. */
@UsherTest
@TestProfile(NoLimits.class)
class RegistrationTest {
    private static final String PASSWORD = "Fresh-Horse-7";

    @Inject
    MutableClock clock;

    @Test
    void theMailedCodeActivatesTheAccountAndSignsIn() {
        String email = Given.email();
        String username = "U" + Given.unique();
        post(
                        "/register",
                        Map.of(
                                "email",
                                " " + email.toUpperCase(java.util.Locale.ROOT),
                                "password",
                                PASSWORD,
                                "name",
                                " Ada ",
                                "username",
                                username,
                                "phone",
                                "1"))
                .then()
                .statusCode(202)
                .body("status", equalTo("verification_required"));

        tryLogin(email, PASSWORD).then().statusCode(403).body("code", equalTo("account_inactive"));
        Mail mail = Mails.first(email);
        assertThat(mail.subject()).contains(mail.code());
        assertThat(mail.html()).contains(mail.code());
        assertThat(Database.text(
                        "select encode(token_hash, 'escape') from one_time_tokens t join users u on u.id = t.user_id where email = ?",
                        email))
                .doesNotContain(mail.code());

        verify(email, mail.code())
                .then()
                .statusCode(200)
                .body("user.email", equalTo(email))
                .body("user.username", equalTo(username))
                .body("user.displayName", equalTo("Ada"))
                .body("user.roles", contains("customer"));
        tryLogin(username, PASSWORD).then().statusCode(200);
        verify(email, mail.code()).then().statusCode(401).body("code", equalTo("invalid_code"));
    }

    @Test
    void aKnownAddressIsAnsweredAlikeAndItsOwnerIsTold() {
        TestUser known = Given.customer().create();
        String hash = Database.text("select password_hash from users where id = ?", known.id());
        String unknown = Given.email();

        assertThat(comparable(register(known.email(), PASSWORD))).isEqualTo(comparable(register(unknown, PASSWORD)));
        assertThat(bcryptRuns(() -> register(known.email(), PASSWORD))).isEqualTo(1);
        assertThat(bcryptRuns(() -> register(Given.email(), PASSWORD))).isEqualTo(1);

        Mail notice = Mails.first(known.email());
        assertThat(notice.subject()).contains("already have an account");
        assertThat(notice.text()).doesNotContainPattern("[0-9]{6}");
        assertThat(Database.text("select password_hash from users where id = ?", known.id()))
                .isEqualTo(hash);
    }

    @Test
    void anInvitedAddressIsNotTakenOver() {
        TestUser invited = Given.customer()
                .status("pending")
                .unverified()
                .withoutPassword()
                .create();
        TestUser managed = Given.customer().status("pending").unverified().create();
        Given.adminOf(managed);

        register(invited.email(), PASSWORD).then().statusCode(202);
        register(managed.email(), PASSWORD).then().statusCode(202);

        assertThat(Mails.first(invited.email()).subject()).contains("already have an account");
        assertThat(Mails.first(managed.email()).subject()).contains("already have an account");
        assertThat(Database.text("select password_hash from users where id = ?", invited.id()))
                .isNull();
        assertThat(Database.text("select password_hash from users where id = ?", managed.id()))
                .isEqualTo(Given.PASSWORD_HASH);
    }

    @Test
    void ofSeveralRegistrationsTheNewestAndOnlyItsCodeCount() {
        String email = Given.email();
        post("/register", Map.of("email", email, "password", "Attacker-Horse-1", "name", "Mallory"));
        String first = Mails.first(email).code();

        post("/register", Map.of("email", email, "password", PASSWORD, "name", "Ada"))
                .then()
                .statusCode(202);
        if (Database.number("select count(*) from mail_outbox where email = ?", email) > 0) {
            verify(email, first).then().statusCode(401);
        }
        String second = Mails.await(email, 2).get(1).code();

        if (!first.equals(second)) {
            verify(email, first).then().statusCode(401).body("code", equalTo("invalid_code"));
        }
        verify(email, second).then().statusCode(200).body("user.displayName", equalTo("Ada"));
        tryLogin(email, "Attacker-Horse-1").then().statusCode(401);
        tryLogin(email, PASSWORD).then().statusCode(200);
    }

    @Test
    void aRegistrationAfterTheVerificationChangesNothing() {
        String email = registered();

        post("/register", Map.of("email", email, "password", "Attacker-Horse-1", "name", "Mallory"))
                .then()
                .statusCode(202);

        tryLogin(email, "Attacker-Horse-1").then().statusCode(401);
        tryLogin(email, PASSWORD).then().statusCode(200).body("user.displayName", equalTo(email));
    }

    @Test
    void aTakenUsernameIsRefusedWhetherOrNotTheAddressIsKnown() {
        TestUser holder = Given.customer().create();
        TestUser known = Given.customer().create();

        for (String email : List.of(Given.email(), known.email(), holder.email())) {
            post("/register", Map.of("email", email, "password", PASSWORD, "username", holder.username()))
                    .then()
                    .statusCode(409)
                    .body("code", equalTo("username_taken"));
        }
    }

    @Test
    void aUsernameIsReservedOnlyOnceTheAddressIsVerified() {
        String username = "u" + Given.unique();
        String slow = Given.email();
        String fast = Given.email();
        for (String email : List.of(slow, fast)) {
            post("/register", Map.of("email", email, "password", PASSWORD, "username", username))
                    .then()
                    .statusCode(202);
        }

        verify(fast, Mails.first(fast).code()).then().statusCode(200).body("user.username", equalTo(username));
        verify(slow, Mails.first(slow).code()).then().statusCode(200).body("user.username", equalTo(null));
    }

    @Test
    void aCodeIsVoidAfterFiveWrongTries() {
        String email = Given.email();
        register(email, PASSWORD);
        String code = Mails.first(email).code();

        for (int i = 0; i < 5; i++) {
            verify(email, otherThan(code)).then().statusCode(401).body("code", equalTo("invalid_code"));
        }
        verify(email, code).then().statusCode(401).body("code", equalTo("invalid_code"));

        resend(email);
        verify(email, Mails.await(email, 2).get(1).code()).then().statusCode(200);
    }

    @Test
    void fourWrongTriesAreForgiven() {
        String email = Given.email();
        register(email, PASSWORD);
        String code = Mails.first(email).code();

        for (int i = 0; i < 4; i++) {
            verify(email, otherThan(code)).then().statusCode(401);
        }
        verify(email, code).then().statusCode(200);
    }

    @Test
    void parallelTriesGetNoMoreThanFive() throws Exception {
        String email = Given.email();
        register(email, PASSWORD);
        String code = Mails.first(email).code();

        inParallel(20, () -> verify(email, otherThan(code)).statusCode());

        assertThat(Database.number(
                        "select attempts from one_time_tokens t join users u on u.id = t.user_id where u.email = ? and purpose = 'verify'",
                        email))
                .isLessThanOrEqualTo(5);
        verify(email, code).then().statusCode(401);
    }

    @Test
    void aCodeWorksOnceHoweverManySendItAtOnce() throws Exception {
        String email = Given.email();
        register(email, PASSWORD);
        String code = Mails.first(email).code();

        List<Integer> statuses = inParallel(8, () -> verify(email, code).statusCode());

        assertThat(statuses).containsOnlyOnce(200);
        assertThat(Database.number(
                        "select count(*) from user_sessions s join users u on u.id = s.user_id where u.email = ?",
                        email))
                .isEqualTo(1);
    }

    @Test
    void aCodeLastsTenMinutes() {
        String email = Given.email();
        register(email, PASSWORD);
        String code = Mails.first(email).code();

        clock.advance(Duration.ofMinutes(10).plusSeconds(1));

        verify(email, code).then().statusCode(401).body("code", equalTo("invalid_code"));
    }

    @Test
    void wrongCodesOfKnownAndUnknownAddressesAreAlike() {
        String email = Given.email();
        register(email, PASSWORD);
        String code = Mails.first(email).code();
        TestUser verified = Given.customer().create();

        Map<String, Object> unknown = comparable(verify(Given.email(), "123456"));
        assertThat(comparable(verify(email, otherThan(code)))).isEqualTo(unknown);
        assertThat(comparable(verify(verified.email(), "123456"))).isEqualTo(unknown);
    }

    @Test
    void aSuspensionBeforeTheVerificationHolds() {
        String email = Given.email();
        register(email, PASSWORD);
        String code = Mails.first(email).code();
        Database.execute("update users set status = 'suspended' where email = ?", email);

        verify(email, code).then().statusCode(403).body("code", equalTo("account_inactive"));
    }

    @Test
    void aChangedAddressIsVerifiedTheSameWay() {
        TestUser user = Given.customer().unverified().create();
        resend(user.email());

        verify(user.email(), Mails.first(user.email()).code())
                .then()
                .statusCode(200)
                .body("user.id", equalTo(user.id().toString()));

        assertThat(Database.text("select email_verified from users where id = ?", user.id()))
                .isEqualTo("t");
    }

    @Test
    void askingForAnotherCodeIsAlwaysAccepted() {
        TestUser verified = Given.customer().create();
        TestUser invited = Given.customer()
                .status("pending")
                .unverified()
                .withoutPassword()
                .create();
        String email = Given.email();
        register(email, PASSWORD);

        for (String address : List.of(verified.email(), invited.email(), Given.email(), email)) {
            resend(address);
        }

        Mails.await(email, 2);
        assertThat(Mails.to(verified.email())).isEmpty();
        assertThat(Mails.to(invited.email())).isEmpty();
    }

    @Test
    void badRegistrationsNameEveryFieldAndLeaveNothingBehind() {
        Map<String, Long> before = Database.rowCounts();

        post(
                        "/register",
                        Map.of(
                                "email",
                                "no address",
                                "username",
                                "a b",
                                "name",
                                7,
                                "phone",
                                "x".repeat(41),
                                "role",
                                "admin"))
                .then()
                .statusCode(400)
                .body("errors.field", containsInAnyOrder("email", "username", "name", "phone", "role", "password"));
        post("/register", Map.of("email", "no address", "name", "x".repeat(201), "password", "short"))
                .then()
                .statusCode(400)
                .body("errors.field", hasItems("email", "name", "password"))
                .body("errors.code", hasItems("too_short", "too_weak"));
        for (String weak :
                List.of("Short-7", "no-upper-case-7", "NO-LOWER-CASE-7", "No-Digit-At-All", "Aa1" + "x".repeat(70))) {
            register(Given.email(), weak).then().statusCode(400).body("errors.field", hasItem("password"));
        }
        for (String address : List.of(
                "\"a b\"@example.com",
                "a@example",
                "a@@example.com",
                "\u212Aing@example.com",
                "a@example.com\u0000",
                "@")) {
            register(address, PASSWORD).then().statusCode(400).body("errors.field", hasItem("email"));
        }

        assertThat(Database.rowCounts()).isEqualTo(before);
    }

    private static void resend(String email) {
        post("/resend-verification", Map.of("email", email)).then().statusCode(202);
    }

    private static String registered() {
        String email = Given.email();
        register(email, PASSWORD);
        verify(email, Mails.first(email).code()).then().statusCode(200);
        return email;
    }
}
