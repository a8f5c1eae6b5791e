package io.usher.preference;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.usher.web.JsonSize;
import io.usher.web.SnakeCaseToo;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How the user wants to be notified.
 *
 * @param email whatever the client keeps for mails, up to 64 KiB
 * @param pushover whatever the client keeps for Pushover, up to 64 KiB
 */
@SnakeCaseToo
@Schema(name = "NotificationSettings")
public record NotificationSettings(
        @Schema(defaultValue = "true") Boolean enabled,

        @JsonSize
        @Schema(
                type = SchemaType.OBJECT,
                implementation = Object.class,
                additionalProperties = Schema.True.class,
                description = "Whatever the client keeps here, up to 64 KiB; {} if absent.")
        ObjectNode email,

        @JsonSize
        @Schema(
                type = SchemaType.OBJECT,
                implementation = Object.class,
                additionalProperties = Schema.True.class,
                description = "Whatever the client keeps here, up to 64 KiB; {} if absent.")
        ObjectNode pushover)
        implements PreferenceSettings {

    public NotificationSettings {
        enabled = Objects.requireNonNullElse(enabled, true);
        email = Objects.requireNonNullElseGet(email, JsonNodeFactory.instance::objectNode);
        pushover = Objects.requireNonNullElseGet(pushover, JsonNodeFactory.instance::objectNode);
    }

    @Override
    public PreferenceCategory category() {
        return PreferenceCategory.NOTIFICATION;
    }
}
