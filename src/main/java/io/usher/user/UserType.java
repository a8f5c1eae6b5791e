package io.usher.user;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** What a user is. Super admins are admins with a flag. */
public enum UserType {
    CUSTOMER("customer"),
    ADMIN("admin");

    @EnumeratedValue
    private final String value;

    UserType(String value) {
        this.value = value;
    }

    @JsonValue
    public String value() {
        return value;
    }
}
