package io.usher.activity;

import java.util.Locale;

/** Which settings of a user changed. */
public enum SettingsKind {
    PROFILE,
    PASSWORD,
    PREFERENCE;

    /** As it stands in the details. */
    String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
