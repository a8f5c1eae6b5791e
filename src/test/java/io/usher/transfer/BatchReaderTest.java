package io.usher.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.usher.audit.AuditOrigin;
import io.usher.security.Caller;
import io.usher.testing.UsherTest;
import io.usher.user.UserImportService.Rules;
import io.usher.web.StrictJson;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a batch holds in memory. */
@UsherTest
class BatchReaderTest {
    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    @Inject
    StrictJson json;

    @Test
    void ofMoreFaultsThanAReportShowsTheFirstAreKeptAndTheirRowsCounted() {
        String manyFaults =
                IntStream.range(0, 300).mapToObj(i -> "\"a" + i + "\":0").collect(Collectors.joining(",", "{", "}\n"));

        List<ImportBatch> batches =
                batches((manyFaults.repeat(100) + "nonsense\n").repeat(2) + "{\"email\":\"a@example.com\"}");

        assertThat(batches).singleElement().satisfies(batch -> {
            assertThat(batch.total()).isEqualTo(203);
            assertThat(batch.failed()).isEqualTo(202);
            assertThat(batch.users()).hasSize(1);
            assertThat(batch.errors()).hasSize(1000);
            assertThat(batch.errors().stream().map(RowError::line).distinct()).containsExactly(1L, 2L, 3L, 4L);
        });
    }

    @Test
    void aBatchEndsAfterManyRowsOrMuchOfTheFile() {
        String large = IntStream.range(0, 3_000)
                .mapToObj(i -> "{\"email\":\"a" + i + "@example.com\",\"notes\":\"" + "x".repeat(9_900) + "\"}\n")
                .collect(Collectors.joining());

        List<ImportBatch> batches = batches(large + "\"x\"\n".repeat(8_000));

        assertThat(batches.stream().mapToInt(ImportBatch::total).sum()).isEqualTo(11_000);
        assertThat(batches.stream().mapToInt(batch -> batch.users().size()).sum())
                .isEqualTo(3_000);
        assertThat(batches).hasSize(5).allSatisfy(batch -> {
            assertThat(batch.users()).hasSizeLessThan(900);
            assertThat(batch.total()).isBetween(400, 5_000);
        });
        assertThat(batches.stream().map(ImportBatch::total)).contains(5_000);
    }

    private List<ImportBatch> batches(String file) {
        Caller caller = new Caller(
                UUID.randomUUID(),
                "admin",
                Set.of(Caller.ADMIN),
                new Caller.Session(UUID.randomUUID(), NOW, NOW, NOW),
                null,
                null);
        BatchReader reader = new BatchReader(
                new ByteArrayInputStream(ImportCalls.bytes(file)),
                FileFormat.NDJSON,
                json,
                new Rules(caller, AuditOrigin.SYSTEM, Set.of(), NOW));
        List<ImportBatch> batches = new ArrayList<>();
        do {
            batches.add(reader.next());
        } while (!batches.get(batches.size() - 1).last());
        return batches;
    }
}
