package io.usher.migration;

import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.TestProfile;
import io.usher.testing.Actors;
import io.usher.testing.ClosedSettings;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Passwords in clear take their time to hash: the connection must not be cut meanwhile. */
@UsherTest
@TestProfile(ClosedSettings.class)
class LongMigrationTest {
    @Test
    void aMigrationMayTakeLongerThanAConnectionMayBeIdle() {
        TestUser root = Given.superAdmin().create();
        String key = Given.apiKey(root, "*");
        String email = Given.email();
        String function = "slow_" + Given.unique();
        Database.execute("create function " + function
                + "() returns trigger language plpgsql as $$ begin perform pg_sleep(9); return new; end $$");
        Database.execute("create trigger " + function + " before insert on users for each row when (new.email = '"
                + email + "') execute function " + function + "()");
        try {
            Actors.withKey(key)
                    .body(V1Files.of(Map.of("email", email)))
                    .post(V1Files.PATH)
                    .then()
                    .statusCode(200)
                    .header("Connection", equalTo("close"))
                    .body("migrated", equalTo(1));
        } finally {
            Database.execute("drop trigger " + function + " on users");
            Database.execute("drop function " + function + "()");
        }
    }
}
