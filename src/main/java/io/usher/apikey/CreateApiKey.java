package io.usher.apikey;

import io.usher.security.KeyScope;
import jakarta.validation.constraints.Future;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.UniqueElements;
import org.jspecify.annotations.Nullable;

/** An API key to make. */
@Schema(name = "CreateApiKey")
record CreateApiKey(
        @NotBlank @Size(max = 100) @Schema(examples = "Nightly export")
        String name,

        @Size(max = 500) @Nullable String description,

        @Size(max = 50)
        @UniqueElements(message = "must not name a scope twice")
        @Schema(
                description =
                        "What the key may be used for. Without any it can prove who its owner is, and do nothing.",
                examples = "[\"quotas:read\", \"generations:write\"]")
        @Nullable
        List<KeyScope> scopes,

        @Future(message = "must be in the future")
        @Schema(description = "From when on it is refused; absent for never.")
        @Nullable
        Instant expiresAt) {

    CreateApiKey {
        name = Objects.requireNonNullElse(Normal.text(name), "");
        description = Normal.text(description);
        expiresAt = Normal.time(expiresAt);
    }

    /** None where none are named: a right that was not asked for is not given. */
    List<KeyScope> scopesOrNone() {
        return scopes == null ? List.of() : scopes;
    }
}
