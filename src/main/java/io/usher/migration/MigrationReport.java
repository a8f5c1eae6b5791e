package io.usher.migration;

import com.fasterxml.jackson.annotation.JsonValue;
import io.usher.problem.FieldError;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What became of a V1 file.
 *
 * @param items each user of the file, in its order
 */
@Schema(name = "MigrationReport")
public record MigrationReport(int total, int migrated, int skipped, int failed, List<Item> items) {
    static MigrationReport of(List<Item> items) {
        return new MigrationReport(
                items.size(),
                count(items, Status.MIGRATED),
                count(items, Status.SKIPPED),
                count(items, Status.FAILED),
                items);
    }

    private static int count(List<Item> items, Status status) {
        return (int) items.stream().filter(item -> item.status() == status).count();
    }

    /** What became of a user. */
    @Schema(name = "MigrationStatus")
    public enum Status {
        /** It is there now, with all that it had. */
        MIGRATED,
        /** Its email was taken, by itself if the file was sent before, or it was migrated before and has another one now, or none: nothing was changed. */
        SKIPPED,
        /** Nothing of it was written; the errors say why. */
        FAILED;

        @JsonValue
        public String value() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One user.
     *
     * @param email normalised, where it can be read
     * @param id the user with this email; null where it failed, or was migrated before and nobody has this email now
     * @param v1Id the same
     * @param errors why it failed, in terms of the user's own fields: {@code activities[3].timestamp}; the first 100
     */
    @Schema(name = "MigratedUser")
    public record Item(
            @Nullable String email,
            @Nullable UUID id,
            @Nullable String v1Id,
            Status status,
            List<FieldError> errors) {
        static Item failed(@Nullable String email, List<FieldError> errors) {
            return new Item(
                    email,
                    null,
                    null,
                    Status.FAILED,
                    errors.stream().limit(V1Faults.MAX).toList());
        }
    }
}
