package io.usher.user;

import com.fasterxml.jackson.annotation.JsonValue;
import jakarta.persistence.EnumeratedValue;

/** Where a user stands in its admin's sales. */
public enum LeadStatus {
    LEAD("lead"),
    QUALIFIED("qualified"),
    CUSTOMER("customer"),
    CLOSED("closed");

    @EnumeratedValue
    private final String value;

    LeadStatus(String value) {
        this.value = value;
    }

    @JsonValue
    public String value() {
        return value;
    }
}
