package io.usher.activity;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** What a user can have done. */
public enum ActivityType {
    /** Opened a session. Only the service records it. */
    LOGIN,
    /** Ended a session, or all. Only the service records it. */
    LOGOUT,
    /** Changed its profile, its password or its preferences, or had them changed; clients record changes of settings of their own. */
    SETTINGS_CHANGE,
    SCRAPE,
    FORM_AUTOMATION,
    FILTER_CHANGE,
    /** An admin began to work as another user. Only the service records it. */
    USER_SWITCH;

    /** As it stands in JSON and in the database. */
    @JsonValue
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ActivityType of(String value) {
        return valueOf(value.toUpperCase(Locale.ROOT));
    }
}
