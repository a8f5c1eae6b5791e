package io.usher.transfer;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What became of a file. Each row is created, updated, skipped or failed.
 *
 * @param errors the first 1000
 * @param durationMs how long it took, in milliseconds
 */
@Schema(name = "ImportReport")
public record ImportReport(
        long total,
        long created,
        long updated,
        long skipped,
        long failed,
        boolean dryRun,
        List<RowError> errors,
        long durationMs) {
    /** More are kept nowhere: those of a batch are up to five million. */
    static final int MOST_ERRORS = 1000;

    /** As it may be kept: with nothing that stood in the file. */
    ImportReport kept() {
        List<RowError> known = errors.stream().map(RowError::kept).toList();
        return new ImportReport(total, created, updated, skipped, failed, dryRun, known, durationMs);
    }
}
