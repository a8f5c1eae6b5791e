package io.usher.preference;

import io.usher.web.SnakeCaseToo;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * On which days the user works.
 *
 * @param startDay 0 (Sunday) to 6; may be after {@code endDay}
 * @param endDay 0 (Sunday) to 6
 * @param timezone in which days begin
 */
@SnakeCaseToo
@Schema(name = "WorkWeekSettings")
public record WorkWeekSettings(
        @NotNull @Min(0) @Max(6) @Schema(description = "0 is Sunday.", examples = "1")
        Integer startDay,

        @NotNull
        @Min(0)
        @Max(6)
        @Schema(
                description = "0 is Sunday. May be before startDay: such a week goes over Saturday night.",
                examples = "5")
        Integer endDay,

        @IanaZone
        @Schema(
                description = "An id of the IANA time zone database.",
                defaultValue = WorkWeekSettings.DEFAULT_ZONE,
                examples = "Europe/Brussels")
        String timezone,

        @Schema(defaultValue = "true") Boolean enableRolloverNotifications)
        implements PreferenceSettings {
    static final String DEFAULT_ZONE = "America/New_York";

    public WorkWeekSettings {
        timezone = Objects.requireNonNullElse(timezone, DEFAULT_ZONE);
        enableRolloverNotifications = Objects.requireNonNullElse(enableRolloverNotifications, true);
    }

    @Override
    public PreferenceCategory category() {
        return PreferenceCategory.WORK_WEEK;
    }
}
