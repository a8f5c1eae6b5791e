package io.usher.apikey;

import io.usher.security.KeyScope;
import io.usher.web.MergeBody;
import io.usher.web.NotCleared;
import io.usher.web.PresentFields;
import jakarta.validation.constraints.Future;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.hibernate.validator.constraints.UniqueElements;
import org.jspecify.annotations.Nullable;

/** A merge of an API key: absent stays, null clears. */
@Schema(name = "UpdateApiKey")
@NotCleared({"name", "scopes", "active"})
record UpdateApiKey(
        @Size(max = 100) @Nullable String name,
        @Size(max = 500) @Nullable String description,

        @Size(max = 50) @UniqueElements(message = "must not name a scope twice") @Nullable
        List<KeyScope> scopes,

        @Schema(description = "A key that is switched off is refused, and can be switched on again.") @Nullable
        Boolean active,

        @Future(message = "must be in the future") @Nullable Instant expiresAt,

        @Schema(hidden = true) @PresentFields Set<String> present)
        implements MergeBody {

    UpdateApiKey {
        name = Normal.text(name);
        description = Normal.text(description);
        expiresAt = Normal.time(expiresAt);
    }

    boolean has(String field) {
        return present.contains(field);
    }

    @Override
    public Set<String> cleared() {
        Set<String> cleared = new HashSet<>();
        add(cleared, "name", name);
        add(cleared, "scopes", scopes);
        add(cleared, "active", active);
        return cleared;
    }

    private void add(Set<String> cleared, String field, @Nullable Object value) {
        if (has(field) && value == null) {
            cleared.add(field);
        }
    }
}
