package io.usher.activity;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** Which settings of a user changed. */
public enum SettingsKind {
    PROFILE,
    PASSWORD,
    PREFERENCE;

    @JsonValue
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }
}
