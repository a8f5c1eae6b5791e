package io.usher.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.usher.testing.Actors;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.Parallel;
import io.usher.testing.TestUser;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An admin's list is in the order of dates that are kept beside its links, and these are always those of the users. */
@QuarkusTest
class DatedLinksTest {
    private static final String WRONG = "select count(*) from user_admins l join users u on u.id = l.user_id"
            + " where l.user_created_at is distinct from u.created_at";

    private final TestUser older = Given.customer().create();
    private final TestUser newer = Given.customer().create();
    private final TestUser admin = Given.adminOf(older, newer);

    @Test
    void anImportThatChangesWhenAUserWasCreatedChangesItsPlace() {
        assertThat(listed()).containsExactly(admin.id(), newer.id(), older.id());

        Actors.as(Given.superAdmin().create())
                .contentType("text/csv")
                .body("email,createdAt\n" + newer.email() + ",2019-01-01T00:00:00Z\n")
                .post("/api/admin/users/import?onConflict=update")
                .then()
                .statusCode(200);

        assertThat(listed()).containsExactly(admin.id(), older.id(), newer.id());
        assertThat(Database.number(WRONG)).isZero();
    }

    @Test
    void aLinkThatIsMadeMeanwhileHasTheNewDate() {
        List<TestUser> users =
                Stream.generate(() -> Given.customer().create()).limit(20).toList();

        Parallel.times(2 * users.size(), 4, i -> {
            TestUser user = users.get(i / 2);
            if (i % 2 == 0) {
                Given.link(admin, user);
            } else {
                Database.execute(
                        "update users set created_at = created_at - interval '1 year' where id = ?", user.id());
            }
            return i;
        });

        assertThat(Database.number(WRONG)).isZero();
    }

    private List<UUID> listed() {
        return Actors.as(admin).get("/api/users").jsonPath().getList("items.id").stream()
                .map(id -> UUID.fromString(String.valueOf(id)))
                .toList();
    }
}
