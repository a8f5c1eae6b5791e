package io.usher.migration;

import io.usher.problem.FieldError;
import io.usher.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with one user, beyond the shape of its JSON. */
final class V1Faults {
    /** As many as are reported of a user: whoever reads them mends the file, and tries again. */
    static final int MAX = 100;

    private final List<FieldError> errors = new ArrayList<>();

    void add(String field, String code, String message) {
        errors.add(new FieldError(field, code, message));
    }

    /** Notes what a part is at fault in, as fields of the whole. */
    void addAll(String part, List<FieldError> ofPart) {
        ofPart.forEach(error ->
                add(error.field().isEmpty() ? part : part + "." + error.field(), error.code(), error.message()));
    }

    /** @throws ProblemException {@code validation_failed} with everything noted, if anything was */
    void throwIfAny() {
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }
}
