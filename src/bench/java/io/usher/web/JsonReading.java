package io.usher.web;

import jakarta.validation.Validation;
import java.util.List;

/** {@link StrictJson} without a container, for benchmarks of other packages. */
public record JsonReading(StrictJson json) {
    public JsonReading() {
        this(new StrictJson(Validation.buildDefaultValidatorFactory().getValidator(), List.of()));
    }
}
