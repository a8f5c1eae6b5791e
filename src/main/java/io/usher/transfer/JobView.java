package io.usher.transfer;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A job.
 *
 * @param processed rows so far
 * @param total rows of the file; null until it is read to its end
 * @param report what became of them; null until the job has succeeded
 * @param failure why it failed; null where it has not
 */
@Schema(name = "Job")
public record JobView(
        UUID id,
        Kind kind,
        State state,
        long processed,
        @Nullable Long total,
        @Nullable Instant startedAt,
        @Nullable Instant finishedAt,
        @Nullable ImportReport report,
        @Nullable JobFailure failure) {

    /** What a job does. */
    @Schema(name = "JobKind")
    public enum Kind {
        IMPORT;

        @JsonValue
        public String value() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** How far it is. */
    @Schema(name = "JobState")
    public enum State {
        QUEUED,
        RUNNING,
        SUCCEEDED,
        FAILED;

        @JsonValue
        public String value() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
