package io.usher.activity;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

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

    /** What clients may record themselves. */
    static final Set<ActivityType> OPEN = Set.copyOf(EnumSet.of(SETTINGS_CHANGE, SCRAPE, FORM_AUTOMATION, FILTER_CHANGE));

    /** As it stands in JSON and in the database. */
    @JsonValue
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ActivityType of(String value) {
        return valueOf(value.toUpperCase(Locale.ROOT));
    }
}
