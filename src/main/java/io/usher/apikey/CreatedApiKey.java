package io.usher.apikey;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.usher.security.ApiKeySecret;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An API key that was just made or rotated.
 *
 * @param key the key itself, shown this once
 */
@Schema(name = "CreatedApiKey")
record CreatedApiKey(
        @JsonUnwrapped ApiKeyView view,

        @Schema(
                description = "The key itself. It is shown this once, and not stored.",
                pattern = "^ush_[0-9A-Za-z]{49}$",
                examples = "ush_7hQm2fLw9aZkT0cVbN4xYpR8sDgJ6eWuK1iOqHtE3Br5A0z1XyQ")
        String key) {
    static CreatedApiKey of(ApiKeyView view, ApiKeySecret secret) {
        return new CreatedApiKey(view, secret.text());
    }

    /** Without the key: records end up in logs. */
    @Override
    public String toString() {
        return "CreatedApiKey[" + view.id() + "]";
    }
}
