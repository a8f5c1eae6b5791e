package io.usher.generation;

import static org.assertj.core.api.Assertions.assertThat;

import io.usher.security.Fixtures;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.Parallel;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@UsherTest
class GenerationSweepTest {
    @Inject
    GenerationSweep sweep;

    @Inject
    Fixtures fixtures;

    @Test
    void whatNobodyEndsInTimeFailsAndGivesBack() {
        TestUser user = Given.customer().create();
        String old = GenerationTest.begin(user, "image", 5);
        String young = GenerationTest.begin(user, "image", 3);
        age(old, "61 minutes");
        age(young, "59 minutes");

        fixtures.run(sweep::sweep);

        assertThat(status(old)).isEqualTo("failed true");
        assertThat(status(young)).isEqualTo("pending false");
        assertThat(GenerationTest.used(user, "image")).isEqualTo(3);
    }

    @Test
    void sweepsAtOnceGiveBackOnce() {
        TestUser user = Given.customer().create();
        GenerationTest.begin(user, "edit", 1);
        for (int i = 0; i < 12; i++) {
            age(GenerationTest.begin(user, i % 2 == 0 ? "image" : "video", 1), "2 hours");
        }

        Parallel.times(6, 6, i -> fixtures.run(sweep::sweep));

        assertThat(Database.number(
                        "select count(*) from generations where user_id = ? and status = 'failed' and refunded",
                        user.id()))
                .isEqualTo(12);
        assertThat(GenerationTest.used(user, "image")).isZero();
        assertThat(GenerationTest.used(user, "video")).isZero();
        assertThat(GenerationTest.used(user, "edit")).isEqualTo(1);
    }

    private static void age(String id, String by) {
        Database.execute(
                "update generations set created_at = created_at - cast(? as interval) where id = ?",
                by,
                UUID.fromString(id));
    }

    private static String status(String id) {
        return Database.text(
                "select status || ' ' || case when refunded then 'true' else 'false' end from generations where id = ?",
                UUID.fromString(id));
    }
}
