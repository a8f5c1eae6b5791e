package io.usher.generation;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** How far a generation has come. */
public enum GenerationStatus {
    PENDING,
    COMPLETED,
    /** Its cost went back to the quota, if the count that was charged still ran. */
    FAILED;

    @JsonValue
    public String value() {
        return name().toLowerCase(Locale.ROOT);
    }

    static GenerationStatus of(String value) {
        return valueOf(value.toUpperCase(Locale.ROOT));
    }
}
