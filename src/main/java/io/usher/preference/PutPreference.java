package io.usher.preference;

import com.fasterxml.jackson.databind.JsonNode;
import io.usher.web.OpenProperties;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.media.SchemaProperty;

/**
 * Settings to put in the place of those that are there. What they are depends on the category, so the whole body is bound again when that
 * is known: all of its faults are named at once.
 */
@Schema(
        name = "PutPreference",
        requiredProperties = "settings",
        properties =
                @SchemaProperty(
                        name = "settings",
                        anyOf = {
                            EmailSettings.class,
                            PushoverSettings.class,
                            WorkWeekSettings.class,
                            NotificationSettings.class,
                            ProverSettings.class
                        },
                        description = "The settings of the category. What has a default may be left out, and snake_case"
                                + " names are read, too. Anything else is refused."))
record PutPreference(@OpenProperties @Schema(hidden = true) Map<String, JsonNode> properties) {

    /** Without what is in it: there may be secrets, and records end up in logs. */
    @Override
    public String toString() {
        return "PutPreference[]";
    }
}
