package io.usher.apikey;

import io.usher.security.KeyScope;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An API key as its owner sees it. The key itself is not in it: nobody has it any more. */
@Schema(name = "ApiKey")
record ApiKeyView(
        UUID id,
        UUID userId,
        @Schema(examples = "Nightly export") String name,
        @Nullable String description,

        @Schema(description = "The key's first 12 characters.", examples = "ush_7hQm2fLw")
        String keyPrefix,

        List<KeyScope> scopes,

        @Schema(description = "Whether it is switched on; an expired key is refused all the same.")
        boolean active,

        @Nullable Instant expiresAt,

        @Schema(description = "To about a minute.") @Nullable
        Instant lastUsedAt,

        Instant createdAt,
        Instant updatedAt) {}
