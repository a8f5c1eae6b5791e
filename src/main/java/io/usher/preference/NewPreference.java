package io.usher.preference;

import java.util.UUID;

/** Settings to store for a user, in the place of those of their category. */
public record NewPreference(UUID userId, PreferenceSettings settings) {}
