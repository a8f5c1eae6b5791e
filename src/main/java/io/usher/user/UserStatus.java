package io.usher.user;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** Where a user stands. Only active users sign in. */
public enum UserStatus {
    /** Invited or registered, and not yet verified or signed in. */
    PENDING("pending"),
    ACTIVE("active"),
    /** Deactivated, by an admin. */
    INACTIVE("inactive"),
    /** Suspended, by an admin. */
    SUSPENDED("suspended");

    @EnumeratedValue
    private final String value;

    UserStatus(String value) {
        this.value = value;
    }

    @JsonValue
    public String value() {
        return value;
    }
}
