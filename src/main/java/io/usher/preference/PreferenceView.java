package io.usher.preference;

import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A user's preference: the settings of one category. */
@Schema(name = "Preference")
record PreferenceView(
        UUID id,
        UUID userId,
        PreferenceCategory category,
        PreferenceSettings settings,
        Instant createdAt,
        Instant updatedAt) {

    PreferenceView masked() {
        return new PreferenceView(id, userId, category, settings.masked(), createdAt, updatedAt);
    }
}
