package io.usher.preference;

import io.usher.web.EmailAddress;
import io.usher.web.Emails;
import io.usher.web.SnakeCaseToo;
import jakarta.validation.constraints.NotNull;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What the mails about jobs show, and where they go.
 *
 * @param recipientEmail need not be the user's own address
 */
@SnakeCaseToo
@Schema(name = "EmailSettings")
public record EmailSettings(
        @NotNull @EmailAddress @Schema(examples = "ada@example.com")
        String recipientEmail,

        @Schema(defaultValue = "true") Boolean showJobId,
        @Schema(defaultValue = "true") Boolean showStoreNumber,
        @Schema(defaultValue = "true") Boolean showStoreName,
        @Schema(defaultValue = "true") Boolean showLocation,
        @Schema(defaultValue = "true") Boolean showDate,
        @Schema(defaultValue = "true") Boolean showDispensers)
        implements PreferenceSettings {

    public EmailSettings {
        recipientEmail = Emails.normaliseOrNull(recipientEmail);
        showJobId = Objects.requireNonNullElse(showJobId, true);
        showStoreNumber = Objects.requireNonNullElse(showStoreNumber, true);
        showStoreName = Objects.requireNonNullElse(showStoreName, true);
        showLocation = Objects.requireNonNullElse(showLocation, true);
        showDate = Objects.requireNonNullElse(showDate, true);
        showDispensers = Objects.requireNonNullElse(showDispensers, true);
    }

    @Override
    public PreferenceCategory category() {
        return PreferenceCategory.EMAIL;
    }
}
