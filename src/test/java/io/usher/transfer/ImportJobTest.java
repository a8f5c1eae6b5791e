package io.usher.transfer;

import static io.usher.transfer.ImportCalls.IMPORT;
import static io.usher.transfer.ImportCalls.bytes;
import static io.usher.transfer.ImportCalls.counts;
import static io.usher.transfer.ImportCalls.csv;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.junit.TestProfile;
import io.usher.testing.Database;
import io.usher.testing.EventClient;
import io.usher.testing.Given;
import io.usher.testing.Http;
import io.usher.testing.MutableClock;
import io.usher.testing.NoLimits;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Imports that nobody waits for. */
@UsherTest
@TestProfile(NoLimits.class)
class ImportJobTest {
    private static final String JOBS = "/api/admin/jobs/";

    private final TestUser admin = Given.admin().create();
    private final String unique = Given.unique();
    private final String email = Given.email();

    @Inject
    MutableClock clock;

    @Inject
    ImportConfig config;

    @Inject
    ImportService imports;

    @Inject
    JobService service;

    @Inject
    JobUpkeep upkeep;

    @Test
    void aJobReportsWhatARequestWould() {
        String[] file = {"email,name", email + ",Ada", "nonsense,", email + ",Again", admin.email() + ","};
        JsonNode expected = csv(admin, "?dryRun=true", file);

        Http.Answer accepted = submit("", String.join("\n", file));

        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.header("Preference-Applied")).isEqualTo("respond-async");
        assertThat(accepted.header("Location"))
                .endsWith(JOBS + accepted.json().path("id").asText());
        assertThat(accepted.json().path("kind").asText()).isEqualTo("import");
        JsonNode job = ended(accepted);
        assertThat(job.path("state").asText()).isEqualTo("succeeded");
        assertThat(job.path("processed").asInt()).isEqualTo(4);
        assertThat(job.path("total").asInt()).isEqualTo(4);
        assertThat(job.path("startedAt").isTextual()).isTrue();
        assertThat(counts(job.path("report"))).isEqualTo("4 1 0 1 2").isEqualTo(counts(expected));
        assertThat(job.path("report").path("errors")).isEqualTo(expected.path("errors"));
        assertThat(number(
                        "select count(*) from users u join user_admins a on a.user_id = u.id where u.email = ?", email))
                .isOne();
    }

    @Test
    void auditSaysWhoAskedForIt() {
        ended(submit("", "email\n" + email));

        assertThat(Database.text(
                        "select e.actor_id::text from audit_events e join users u on u.id = e.target_id where u.email = ?",
                        email))
                .isEqualTo(admin.id().toString());
    }

    @Test
    void itsProgressIsStreamedToItsEnd() {
        String id = submit("", rows(12_000)).json().path("id").asText();

        try (EventClient client = EventClient.open(admin, JOBS + id + "/events")) {
            EventClient.Block last = client.nextEvent();
            assertThat(last.field("event")).isEqualTo("job");
            for (EventClient.Block next = client.nextEvent(); !next.isEnd(); next = client.nextEvent()) {
                assertThat(next.json().path("processed").asLong())
                        .isGreaterThanOrEqualTo(last.json().path("processed").asLong());
                last = next;
            }
            assertThat(last.json().path("state").asText()).isEqualTo("succeeded");
            assertThat(last.json().path("report").path("created").asInt()).isEqualTo(12_000);
        }
    }

    @Test
    void aFileThatIsNoneFailsItsJobAndIsNotQuoted() {
        JsonNode job = ended(submit("", email + ",Ada\n"));

        assertThat(job.path("state").asText()).isEqualTo("failed");
        assertThat(job.path("failure").path("code").asText()).isEqualTo("validation_failed");
        assertThat(job.path("failure").path("detail").asText())
                .contains("a name in the file is not a column")
                .doesNotContain(email);
        assertThat(job.path("report").isNull()).isTrue();
    }

    @Test
    void aConflictThatUndoesEverythingFailsItsJob() {
        JsonNode job = ended(submit("?onConflict=fail", "email\n" + email + "\n" + admin.email()));

        assertThat(job.path("failure").path("code").asText()).isEqualTo("email_taken");
        assertThat(job.path("failure").path("detail").asText()).contains("line 3");
        assertThat(number("select count(*) from users where email = ?", email)).isZero();
    }

    @Test
    void whatIsWrongWithTheRequestIsAnsweredAtOnce() {
        assertThat(submit("?onConflict=maybe", "email\n").status()).isEqualTo(400);
        assertThat(Http.call("POST", IMPORT)
                        .as(admin)
                        .header("Prefer", "respond-async")
                        .body("text/plain", bytes("email\n"))
                        .send()
                        .status())
                .isEqualTo(415);
    }

    @Test
    void aJobIsItsOwnersAndSuperAdmins() {
        String path = JOBS + submit("", "email\n").json().path("id").asText();

        assertThat(get(admin, path).status()).isEqualTo(200);
        assertThat(get(Given.superAdmin().create(), path).status()).isEqualTo(200);
        assertThat(get(Given.admin().create(), path).code()).isEqualTo("not_found");
        assertThat(get(Given.admin().create(), path + "/events").code()).isEqualTo("not_found");
        assertThat(get(Given.customer().create(), path).code()).isEqualTo("forbidden");
        assertThat(get(admin, JOBS + "nonsense").code()).isEqualTo("not_found");
    }

    @Test
    void aJobWaitsUntilThereIsRoom() {
        int taken = 0;
        while (imports.enter()) {
            taken++;
        }
        Http.Answer accepted = submit("", "email\n" + email);
        UUID id = UUID.fromString(accepted.json().path("id").asText());

        assertThat(accepted.json().path("state").asText()).isEqualTo("queued");
        assertThat(spooled(id)).isRegularFile();
        assertThat(permissions(spooled(id))).isEqualTo("rw-------");
        for (int i = 0; i < taken; i++) {
            imports.leave();
        }
        assertThat(ended(accepted).path("state").asText()).isEqualTo("succeeded");
        Waiting.until(() -> !Files.exists(spooled(id)));
    }

    @Test
    void aJobWhoseProcessHasDiedIsFailedAndItsFileSentAgain() throws IOException {
        csv(admin, "", "email", email);
        UUID id = job("running", "now() - interval '61 seconds'", "null");
        Files.createDirectories(config.spoolDir());
        Files.writeString(spooled(id), "email");

        upkeep.watch().await().indefinitely();

        JsonNode job = get(admin, JOBS + id).json();
        assertThat(job.path("state").asText()).isEqualTo("failed");
        assertThat(job.path("failure").path("detail").asText()).contains("The process that ran it ended");
        assertThat(spooled(id)).doesNotExist();
        assertThat(counts(ended(submit("", "email\n" + email + "\n" + Given.email()))
                        .path("report")))
                .isEqualTo("2 1 0 1 0");
    }

    @Test
    void aReplicaWhoseClockIsAheadFailsNoJobThatIsSpokenFor() {
        UUID id = job("running", "now()", "null");
        clock.advance(Duration.ofMinutes(5));

        upkeep.watch().await().indefinitely();

        assertThat(Database.text("select state from transfer_jobs where id = ?", id))
                .isEqualTo("running");
    }

    @Test
    void jobsAreForgottenAfterTheirTime() {
        UUID old = job("failed", "now()", "now() - interval '31 days'");
        UUID young = job("failed", "now()", "now() - interval '29 days'");

        upkeep.watch().await().indefinitely();

        assertThat(get(admin, JOBS + old).status()).isEqualTo(404);
        assertThat(get(admin, JOBS + young).status()).isEqualTo(200);
    }

    @Test
    void whatAServiceThatStopsHasNotDoneIsFailedAtOnce() {
        SlowFile file =
                new SlowFile(rows(5_000), () -> service.failOwn().await().indefinitely(), email);

        assertThat(file.send(admin, "respond-async", () -> jobsOfAdmin() > 0)).isEqualTo(202);

        assertThat(Database.text("select failure_detail from transfer_jobs where owner_id = ?", admin.id()))
                .contains("was stopped");
        assertThat(imported()).isZero();
    }

    @Test
    void whoSignsOutEndsItsJob() {
        SlowFile file = new SlowFile(rows(5_000), this::signOut, email);

        assertThat(file.send(admin, "respond-async", () -> jobsOfAdmin() > 0)).isEqualTo(202);

        Waiting.until(() -> number(
                        "select count(*) from transfer_jobs where owner_id = ? and failure_code = 'forbidden'",
                        admin.id())
                == 1);
        assertThat(imported()).isZero();
    }

    @Test
    void whoSignsOutEndsItsImport() {
        SlowFile file = new SlowFile(rows(20_000), this::signOut, moreRows(20_000));

        assertThat(file.send(admin, "handling=lenient", () -> imported() > 0)).isEqualTo(403);

        assertThat(imported()).isLessThan(40_000);
    }

    private void signOut() {
        assertThat(Http.call("POST", "/api/auth/logout").as(admin).send().status())
                .isEqualTo(204);
    }

    private long jobsOfAdmin() {
        return number("select count(*) from transfer_jobs where owner_id = ?", admin.id());
    }

    private long imported() {
        return number("select count(*) from users where email like ?", "%-" + unique + "@example.com");
    }

    private Http.Answer submit(String query, String file) {
        return Http.call("POST", IMPORT + query)
                .as(admin)
                .header("Prefer", "respond-async")
                .body("text/csv", bytes(file))
                .send();
    }

    private JsonNode ended(Http.Answer accepted) {
        String path = JOBS + accepted.json().path("id").asText();
        Waiting.until(() -> get(admin, path).json().path("finishedAt").isTextual());
        return get(admin, path).json();
    }

    private UUID job(String state, String heartbeat, String finished) {
        UUID id = UUID.randomUUID();
        Database.execute(
                "insert into transfer_jobs (id, owner_id, kind, state, created_at, heartbeat_at, finished_at)"
                        + " values (?, ?, 'import', '" + state + "', now(), " + heartbeat + ", " + finished + ")",
                id,
                admin.id());
        return id;
    }

    private Path spooled(UUID job) {
        return config.spoolDir().resolve(job + ".users");
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String rows(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> i + "-" + unique + "@example.com")
                .collect(Collectors.joining("\n", "email\n", "\n"));
    }

    private String moreRows(int count) {
        return rows(count).replace("email\n", "").replaceAll("(?m)^", "more-");
    }

    private static Http.Answer get(TestUser caller, String path) {
        return Http.call("GET", path).as(caller).send();
    }

    private static long number(String sql, Object... parameters) {
        return Database.number(sql, parameters);
    }
}
