package io.usher.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.TestProfile;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.Mails;
import io.usher.testing.Mails.Mail;
import io.usher.testing.MutableClock;
import io.usher.testing.NoLimits;
import io.usher.testing.UsherTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

/** Mails owed are sent, sent again where that fails, and given up in the end. */
@UsherTest
@TestProfile(NoLimits.class)
class MailOutboxTest {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Inject
    MutableClock clock;

    @Test
    void whatIsOwedIsSentFromTheConfiguredSenderAsTextAndHtml() {
        String email = Given.email();

        owe("password_changed", email, 1);

        Mail mail = Mails.first(email);
        assertThat(mail.from()).contains("no-reply@localhost");
        assertThat(mail.subject()).isEqualTo("Your Usher password was changed");
        assertThat(mail.text()).contains("password of your Usher account was changed");
        assertThat(mail.html())
                .contains("password of your Usher account was changed")
                .contains("<html");
        awaitGone(email);
    }

    @Test
    void theSameMailOwedSeveralTimesAtOnceIsSentOnce() {
        String email = Given.email();

        owe("email_changed", email, 5);

        awaitGone(email);
        assertThat(Mails.await(email, 1)).hasSize(1);
    }

    @Test
    void aMailThatCannotBeSentIsTriedEverLessOftenAndGivenUpAfterADay() {
        String nowhere = "nowhere " + Given.unique();
        owe("password_changed", nowhere, 1);

        awaitAttempts(nowhere, 1);
        assertThat(secondsToNext(nowhere)).isBetween(40L, 60L);
        assertThat(Database.text("select last_error from mail_outbox where email = ?", nowhere))
                .isNotNull();

        clock.advance(Duration.ofSeconds(61));
        awaitAttempts(nowhere, 2);
        assertThat(secondsToNext(nowhere)).isBetween(100L, 120L);

        clock.advance(Duration.ofHours(25));
        awaitGone(nowhere);
    }

    @Test
    void oneBadMailDoesNotHoldUpTheOthers() {
        String email = Given.email();
        Database.execute(
                "insert into mail_outbox (kind, email, created_at, next_attempt_at) values ('password_changed', 'nowhere', ?, ?), "
                        + "('of a newer release', ?, ?, ?), ('password_changed', ?, ?, ?)",
                now(),
                now(),
                email,
                now(),
                now(),
                email,
                now(),
                now());

        assertThat(Mails.first(email).subject()).contains("password");
        Database.execute("delete from mail_outbox where email in ('nowhere', ?)", email);
    }

    @Test
    void secretsAreMadeOnlyForThoseWhoHaveAUseForThem() {
        String verified = Given.customer().create().email();
        String suspended = Given.customer().status("suspended").create().email();
        String nobody = Given.email();
        owe("verification", verified, 1);
        owe("password_reset", suspended, 1);
        owe("password_reset", nobody, 1);

        awaitGone(verified);
        awaitGone(suspended);
        awaitGone(nobody);
        assertThat(Mails.to(verified)).isEmpty();
        assertThat(Mails.to(suspended)).isEmpty();
        assertThat(Mails.to(nobody)).isEmpty();
        assertThat(Database.number(
                        "select count(*) from one_time_tokens t join users u on u.id = t.user_id where u.email in (?, ?)",
                        verified,
                        suspended))
                .isZero();
    }

    private void owe(String kind, String email, int times) {
        Database.execute(
                "insert into mail_outbox (kind, email, created_at, next_attempt_at) select ?, ?, ?, ? from generate_series(1, ?)",
                kind,
                email,
                now(),
                now(),
                times);
    }

    private Object now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private long secondsToNext(String email) {
        return Database.number(
                "select extract(epoch from next_attempt_at - ?)::bigint from mail_outbox where email = ?",
                now(),
                email);
    }

    private static void awaitAttempts(String email, int attempts) {
        await().atMost(PATIENCE)
                .until(() -> Database.number(
                                "select count(*) from mail_outbox where email = ? and attempts = ? and last_error is not null",
                                email,
                                attempts)
                        == 1);
    }

    private static void awaitGone(String email) {
        await().atMost(PATIENCE)
                .until(() -> Database.number("select count(*) from mail_outbox where email = ?", email) == 0);
    }
}
