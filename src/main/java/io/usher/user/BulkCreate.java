package io.usher.user;

import com.fasterxml.jackson.annotation.JsonValue;
import io.usher.quota.QuotaSetting;
import io.usher.quota.SetsQuotas;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Users to invite.
 *
 * @param emails at most 1000; what cannot be created is reported, and does not stop the others
 * @param defaultQuotas by resource: what each of the created users may use; the configured defaults hold for the others
 */
@Schema(name = "BulkCreate")
public record BulkCreate(
        @NotNull @Size(min = 1, max = MAX) List<@Size(max = 1000) String> emails,
        @Nullable Map<String, QuotaSetting> defaultQuotas)
        implements SetsQuotas {
    static final int MAX = 1000;

    @Override
    public String quotasField() {
        return "defaultQuotas";
    }

    /** The quotas to set; none where none are given. */
    @Override
    public Map<String, QuotaSetting> quotasToSet() {
        return defaultQuotas == null ? Map.of() : defaultQuotas;
    }

    /** Why an address of the list got no new user. */
    public enum Reason {
        INVALID_EMAIL,
        /** It stands in the list before. */
        DUPLICATE,
        EXISTS,
        /** It existed, and is now managed by the super admin who asks. */
        LINKED;

        @JsonValue
        public String wireName() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** An invited user with its set-up token, shown this once. */
    @Schema(name = "InvitedUser")
    public record Invited(UUID id, String email, String setupToken, Instant setupExpiresAt) {
        @Override
        public String toString() {
            return "Invited[" + id + "]";
        }
    }

    /** An address that got no new user, as the client wrote it. */
    @Schema(name = "SkippedEmail")
    public record Skipped(String email, Reason reason) {}

    /** What became of the list; both parts in its order. */
    @Schema(name = "BulkCreated")
    public record Result(List<Invited> created, List<Skipped> skipped) {}
}
