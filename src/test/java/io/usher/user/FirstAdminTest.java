package io.usher.user;

import static io.usher.testing.Actors.tryLogin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.contains;

import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.VertxContextSupport;
import io.usher.security.Fixtures;
import io.usher.testing.Actors;
import io.usher.testing.ClosedSettings;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import jakarta.inject.Inject;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

@UsherTest
@TestProfile(ClosedSettings.class)
class FirstAdminTest {
    private static final String EMAIL = ClosedSettings.ADMIN_EMAIL;
    private static final String PASSWORD = ClosedSettings.ADMIN_PASSWORD;

    @Inject
    Fixtures fixtures;

    @Inject
    FirstAdmin firstAdmin;

    @Inject
    FirstAdminWrites writes;

    @Test
    void theConfiguredAdminIsThereAndSignsIn() throws Throwable {
        VertxContextSupport.subscribeAndAwait(() -> firstAdmin.ensure(EMAIL));

        tryLogin(EMAIL, PASSWORD).then().statusCode(200).body("user.roles", contains("admin", "super-admin"));
    }

    @Test
    void theAuditLogHasItFromTheServiceItself() {
        assertThat(Database.column(
                        "select distinct actor_type || ' ' || action from audit_events e join users u on u.id = e.target_id"
                                + " where u.email = ? and action = 'user.create'",
                        EMAIL))
                .containsExactly("system user.create");
    }

    @Test
    void anotherStartChangesNothing() throws Throwable {
        VertxContextSupport.subscribeAndAwait(() -> firstAdmin.ensure(EMAIL));
        String before = row();

        VertxContextSupport.subscribeAndAwait(() -> firstAdmin.ensure(EMAIL));

        assertThat(row()).isEqualTo(before);
    }

    @Test
    void aChangedPasswordIsSetSoonAfterAStart() throws Throwable {
        Database.execute("update users set password_hash = ? where email = ?", Given.PASSWORD_HASH, EMAIL);

        firstAdmin.start(EMAIL);

        await().until(() ->
                !Given.PASSWORD_HASH.equals(Database.text("select password_hash from users where email = ?", EMAIL)));
        tryLogin(EMAIL, PASSWORD).then().statusCode(200);
    }

    @Test
    void aStartWaitsForAnAdminThatIsNone() throws Throwable {
        Database.execute("update users set super_admin = false, status = 'suspended' where email = ?", EMAIL);

        firstAdmin.start(EMAIL);

        assertThat(Database.text("select super_admin || ' ' || status from users where email = ?", EMAIL))
                .isEqualTo("true active");
    }

    @Test
    void anExistingUserIsMadeTheAdminItShouldBeAndItsSessionsEnd() throws Throwable {
        Database.execute(
                "update users set user_type = 'customer', super_admin = false, status = 'suspended', deleted_at = now(),"
                        + " password_hash = ? where email = ?",
                Given.PASSWORD_HASH,
                EMAIL);

        VertxContextSupport.subscribeAndAwait(() -> firstAdmin.ensure(EMAIL));

        tryLogin(EMAIL, PASSWORD).then().statusCode(200).body("user.roles", contains("admin", "super-admin"));
        assertThat(tryLogin(EMAIL, Given.PASSWORD).statusCode()).isEqualTo(401);
    }

    /** Anybody may have registered the address before, or invited it, and gone on with what that gave them. */
    @Test
    void whatAStrangerHasOnAnUnprovenAddressDoesNotMakeItTheAdmin() {
        TestUser account = Given.customer().email(Given.email()).unverified().create();
        String key = Given.apiKey(account, "*");
        Database.execute(
                "insert into one_time_tokens (user_id, purpose, token_hash, created_at, expires_at)"
                        + " values (?, 'setup', sha256('strangers'), now(), now() + interval '1 day')",
                account.id());

        fixtures.run(() -> writes.save(account.email(), Given.PASSWORD_HASH, null));

        assertThat(Database.text("select super_admin from users where id = ?", account.id()))
                .isEqualTo("t");
        assertThat(tryLogin(account.email(), Given.PASSWORD).statusCode()).isEqualTo(401);
        assertThat(Actors.withKey(key).get("/api/users").statusCode()).isEqualTo(401);
        assertThat(Database.number("select count(*) from one_time_tokens where user_id = ?", account.id()))
                .isZero();
    }

    @Test
    void whoHasProvenTheAddressKeepsItsPassword() {
        TestUser account = Given.customer().email(Given.email()).create();

        fixtures.run(() -> writes.save(account.email(), Given.PASSWORD_HASH, null));

        tryLogin(account.email(), Given.PASSWORD)
                .then()
                .statusCode(200)
                .body("user.roles", contains("admin", "super-admin"));
    }

    @Test
    void replicasThatStartTogetherMakeOneAdmin() throws Exception {
        Database.execute("delete from users where email = ?", EMAIL);

        CompletableFuture.allOf(start(), start(), start()).get(30, TimeUnit.SECONDS);

        assertThat(Database.number("select count(*) from users where email = ?", EMAIL))
                .isEqualTo(1);
        tryLogin(EMAIL, PASSWORD).then().statusCode(200);
    }

    /** Each on a context of its own, as in a process of its own. */
    private CompletableFuture<Void> start() {
        return CompletableFuture.runAsync(() -> fixtures.run(() -> firstAdmin.ensure(EMAIL)));
    }

    private static String row() {
        return Database.text(
                "select id || updated_at::text || version || password_hash from users where email = ?", EMAIL);
    }
}
