package io.usher.activity;

import com.fasterxml.jackson.annotation.JsonValue;

/** What clients may record themselves: all that the service does not know better. */
public enum PostedType {
    SETTINGS_CHANGE,
    SCRAPE,
    FORM_AUTOMATION,
    FILTER_CHANGE;

    ActivityType type() {
        return ActivityType.valueOf(name());
    }

    @JsonValue
    public String value() {
        return type().value();
    }
}
