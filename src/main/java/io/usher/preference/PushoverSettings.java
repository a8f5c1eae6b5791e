package io.usher.preference;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.usher.web.JsonSize;
import io.usher.web.SnakeCaseToo;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * How the user is reached by Pushover.
 *
 * @param appToken a secret: who has it sends in the application's name
 * @param userKey a secret: who has it reaches the user
 * @param preferences whatever the client keeps here, up to 64 KiB
 */
@SnakeCaseToo
@Schema(name = "PushoverSettings")
public record PushoverSettings(
        @NotBlank
        @Size(max = 200)
        @Pattern(regexp = SecretMask.SECRET_OR_MASK, message = SecretMask.MESSAGE)
        @Schema(
                description = "Everybody but the owner sees it masked. The mask, sent back, keeps it.",
                examples = "azGDORePK8gMaC0QOYAMyEEuzJnyUi")
        String appToken,

        @NotBlank
        @Size(max = 200)
        @Pattern(regexp = SecretMask.SECRET_OR_MASK, message = SecretMask.MESSAGE)
        @Schema(
                description = "Everybody but the owner sees it masked. The mask, sent back, keeps it.",
                examples = "uQiRzpo4DXghDmr9QzzfQu27cmVRsG")
        String userKey,

        @JsonSize
        @Schema(
                type = SchemaType.OBJECT,
                implementation = Object.class,
                additionalProperties = Schema.True.class,
                description = "Whatever the client keeps here, up to 64 KiB; {} if absent.")
        ObjectNode preferences,

        @Schema(defaultValue = "true") Boolean enabled)
        implements PreferenceSettings {

    public PushoverSettings {
        appToken = stripped(appToken);
        userKey = stripped(userKey);
        preferences = Objects.requireNonNullElseGet(preferences, JsonNodeFactory.instance::objectNode);
        enabled = Objects.requireNonNullElse(enabled, true);
    }

    private static String stripped(@Nullable String text) {
        return text == null ? "" : text.strip();
    }

    @Override
    public PreferenceCategory category() {
        return PreferenceCategory.PUSHOVER;
    }

    @Override
    public PushoverSettings masked() {
        return new PushoverSettings(SecretMask.of(appToken), SecretMask.of(userKey), preferences, enabled);
    }

    /** Whether a secret is not there, but the mask of one. */
    public boolean hasMask() {
        return SecretMask.isMask(appToken) || SecretMask.isMask(userKey);
    }

    /** With the stored secrets in the place of their masks. Fails with {@code validation_failed} for the mask of anything else. */
    PushoverSettings unmasked(@Nullable PushoverSettings stored) {
        SecretMask.Unmasking secrets = new SecretMask.Unmasking();
        String token = secrets.unmask("settings.appToken", appToken, stored == null ? null : stored.appToken);
        String key = secrets.unmask("settings.userKey", userKey, stored == null ? null : stored.userKey);
        secrets.throwIfAny();
        return new PushoverSettings(token, key, preferences, enabled);
    }

    /** Without the secrets: records end up in logs. */
    @Override
    public String toString() {
        return "PushoverSettings[enabled=" + enabled + "]";
    }
}
