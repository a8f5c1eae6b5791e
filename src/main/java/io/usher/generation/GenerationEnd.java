package io.usher.generation;

import com.fasterxml.jackson.annotation.JsonValue;

/** The two ways in which a generation ends. */
public enum GenerationEnd {
    COMPLETED("completed"),
    FAILED("failed");

    private final String value;

    GenerationEnd(String value) {
        this.value = value;
    }

    @JsonValue
    public String value() {
        return value;
    }
}
