package io.usher.user;

import static io.usher.testing.Actors.as;
import static io.usher.testing.Actors.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@UsherTest
class UserRaceTest {
    @Test
    void ofParallelCreationsWithOneAddressExactlyOneWins() throws Exception {
        TestUser admin = Given.admin().create();
        String email = Given.email();

        List<Response> answers =
                together(8, i -> as(admin).body(Map.of("email", email)).post("/api/users"));

        assertThat(answers).filteredOn(answer -> answer.statusCode() == 201).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 409)
                .hasSize(7)
                .allMatch(a -> a.path("code").equals("email_taken"));
        assertThat(Database.number("select count(*) from users where email = ?", email))
                .isEqualTo(1);
    }

    @Test
    void ofParallelClaimsOfOneUsernameExactlyOneWins() throws Exception {
        String username = "u" + Given.unique();
        List<TestUser> users =
                IntStream.range(0, 6).mapToObj(i -> Given.customer().create()).toList();
        TestUser admin = Given.adminOf(users.toArray(TestUser[]::new));
        token(admin);

        List<Response> answers = together(6, i -> as(admin)
                .body(Map.of("username", i % 2 == 0 ? username : username.toUpperCase()))
                .patch(users.get(i).path("")));

        assertThat(answers).filteredOn(answer -> answer.statusCode() == 200).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.statusCode() == 409)
                .allMatch(a -> a.path("code").equals("username_taken"))
                .hasSize(5);
    }

    @Test
    void ofTwoAdminsThatCutTheLastLinksOneStays() throws Exception {
        for (int round = 0; round < 5; round++) {
            TestUser customer = Given.customer().create();
            List<TestUser> admins = List.of(Given.adminOf(customer), Given.adminOf(customer));
            admins.forEach(admin -> token(admin));

            together(2, i -> as(admins.get(i))
                    .delete("/api/admin/users/" + customer.id() + "/admins/"
                            + admins.get(i).id()));

            assertThat(Database.number("select count(*) from user_admins where user_id = ?", customer.id()))
                    .isEqualTo(1);
        }
    }

    @Test
    void ofSuperAdminsThatDemoteThemselvesAtOnceOneStays() throws Exception {
        List<TestUser> bosses =
                IntStream.range(0, 4).mapToObj(i -> Given.superAdmin().create()).toList();
        bosses.forEach(boss -> token(boss));
        String ids = String.join(
                "','", bosses.stream().map(boss -> boss.id().toString()).toList());
        List<String> others = Database.column(
                "update users set status = 'inactive' where super_admin and status = 'active' and id not in ('" + ids
                        + "') returning id");
        try {
            List<Response> answers = together(4, i -> as(bosses.get(i))
                    .body("{\"superAdmin\": false}")
                    .patch(bosses.get(i).path("")));

            assertThat(answers).filteredOn(answer -> answer.statusCode() == 200).hasSize(3);
            assertThat(answers).filteredOn(answer -> answer.statusCode() == 409).hasSize(1);
        } finally {
            others.forEach(id -> Database.execute("update users set status = 'active' where id = cast(? as uuid)", id));
        }
    }

    @Test
    void parallelMergesWaitForEachOtherAndNoneIsLost() throws Exception {
        TestUser customer = Given.customer().create();
        TestUser admin = Given.adminOf(customer);
        token(admin);
        String[] fields = {"name", "friendlyName", "phone", "address", "city", "state", "zipCode", "country"};

        List<Response> answers =
                together(8, i -> as(admin).body(Map.of(fields[i], "v" + i)).patch(customer.path("")));

        assertThat(answers).allMatch(answer -> answer.statusCode() == 200);
        Response end = as(admin).get(customer.path(""));
        assertThat((int) end.path("version")).isEqualTo(8);
        for (int i = 0; i < 8; i++) {
            assertThat((String) end.path(fields[i])).isEqualTo("v" + i);
        }
    }

    @Test
    void ofParallelMergesOfOneVersionExactlyOneWins() throws Exception {
        TestUser customer = Given.customer().create();
        TestUser admin = Given.adminOf(customer);
        String etag = as(admin).get(customer.path("")).header("ETag");

        List<Response> answers = together(6, i -> as(admin)
                .header("If-Match", etag)
                .body(Map.of("name", "v" + i))
                .patch(customer.path("")));

        assertThat(answers).filteredOn(answer -> answer.statusCode() == 200).hasSize(1);
        assertThat(answers).filteredOn(answer -> answer.statusCode() == 412).hasSize(5);
    }

    private interface Step {
        Response run(int index);
    }

    private static List<Response> together(int n, Step step) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(n);
        try {
            List<Callable<Response>> calls = new ArrayList<>();
            IntStream.range(0, n).forEach(i -> calls.add(() -> step.run(i)));
            List<Response> answers = new ArrayList<>();
            for (Future<Response> answer : threads.invokeAll(calls)) {
                answers.add(answer.get());
            }
            return answers;
        } finally {
            threads.shutdown();
        }
    }
}
