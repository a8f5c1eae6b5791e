package io.usher.preference;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The settings of one category: validated, with their defaults filled in. */
@Schema(
        name = "PreferenceSettings",
        description = "The settings of the category, whole: defaults are filled in.",
        oneOf = {
            EmailSettings.class,
            PushoverSettings.class,
            WorkWeekSettings.class,
            NotificationSettings.class,
            ProverSettings.class
        })
@RegisterForReflection(
        targets = {
            EmailSettings.class,
            PushoverSettings.class,
            WorkWeekSettings.class,
            NotificationSettings.class,
            ProverSettings.class,
            Prover.class
        })
public sealed interface PreferenceSettings
        permits EmailSettings, PushoverSettings, WorkWeekSettings, NotificationSettings, ProverSettings {

    PreferenceCategory category();

    /** As everybody but the owner sees them: secrets cannot be read. */
    default PreferenceSettings masked() {
        return this;
    }

    /** With the time at which they were set, where they tell one and were given none. */
    default PreferenceSettings setAt(Instant now) {
        return this;
    }
}
