package io.usher.transfer;

import static io.usher.transfer.ImportCalls.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.usher.testing.Actors;
import io.usher.testing.Database;
import io.usher.testing.Given;
import io.usher.testing.LogCapture;
import io.usher.testing.TestUser;
import io.usher.testing.UsherTest;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Files that nobody has announced to be as large as they are: that is seen once the service has read as much as it reads. */
@UsherTest
@TestProfile(LargeImportTest.SmallFiles.class)
class LargeImportTest {
    private static final int ROWS = 60_000;
    private static final int BATCH = 5_000;

    /** No more than about a third of the file. */
    public static class SmallFiles implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of(
                    "usher.rate-limit.enabled", "false",
                    "usher.import.max-size", "1M",
                    "usher.migration.max-size", "1M");
        }
    }

    @Inject
    ImportConfig config;

    private final TestUser admin = Given.admin().create();
    private final String family = "large-" + Given.unique();
    private final byte[] file = bytes(IntStream.range(0, ROWS)
            .mapToObj(i -> family + "-" + i + "@example.com")
            .collect(Collectors.joining("\n", "email\n", "\n")));

    @Test
    void whatWasReadBeforeIsInByWholeBatches() throws Exception {
        try (LogCapture log = new LogCapture()) {
            assertTooLarge(send("?onConflict=skip", "handling=strict"));

            assertThat(imported()).isBetween(1L, ROWS - 1L);
            assertThat(imported() % BATCH).isZero();
            assertThat(events()).isEqualTo(imported());
            assertNothingIsLeft();
            assertThat(log.lines()).noneMatch(line -> line.startsWith("ERROR") || line.startsWith("WARN"));
        }
    }

    @Test
    void nothingIsInWhereAConflictWouldUndoEverything() throws Exception {
        assertTooLarge(send("?onConflict=fail", "handling=strict"));

        assertThat(imported()).isZero();
        assertThat(events()).isZero();
        assertNothingIsLeft();
    }

    @Test
    void aJobIsNotEvenTakenIn() throws Exception {
        assertTooLarge(send("", "respond-async"));

        assertThat(imported()).isZero();
        assertThat(Database.number("select count(*) from transfer_jobs where owner_id = ?", admin.id()))
                .isZero();
        assertNothingIsLeft();
    }

    /** Sent in pieces, without a length. */
    private HttpResponse<String> send(String query, String prefer) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(RestAssured.baseURI + ":" + RestAssured.port + ImportCalls.IMPORT + query))
                .header("Authorization", "Bearer " + Actors.token(admin))
                .header("Content-Type", "text/csv")
                .header("Prefer", prefer)
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(file)))
                .build();
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static void assertTooLarge(HttpResponse<String> answer) throws Exception {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(413);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
        assertThat(new JsonMapper().readTree(answer.body()).path("code").asText())
                .isEqualTo("payload_too_large");
    }

    /** Nothing is open, and whoever comes next is served. */
    private void assertNothingIsLeft() throws Exception {
        Waiting.until(() ->
                Database.number("select count(*) from pg_stat_activity where state like 'idle in transaction%'") == 0);
        assertThat(spooled()).isEmpty();
        assertThat(ImportCalls.counts(ImportCalls.csv(admin, "", "email", Given.email())))
                .isEqualTo("1 1 0 0 0");
    }

    private List<String> spooled() throws Exception {
        if (!Files.isDirectory(config.spoolDir())) {
            return List.of();
        }
        try (Stream<java.nio.file.Path> files = Files.list(config.spoolDir())) {
            return files.map(java.nio.file.Path::toString).toList();
        }
    }

    private long imported() {
        return Database.number("select count(*) from users where email like ?", family + "-%");
    }

    private long events() {
        return Database.number(
                "select count(*) from audit_events e join users u on u.id = e.target_id where u.email like ?",
                family + "-%");
    }
}
