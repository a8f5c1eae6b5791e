package io.usher.web;

import io.usher.problem.FieldError;
import io.usher.problem.ProblemException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The faults found so far in one body or query string. */
final class FieldErrors {
    private static final int MAX_NAME = 200;

    /** As many as an answer lists: a body of nothing but faults must not take many times its own size of memory. */
    private static final int MAX_ERRORS = 1000;

    private final List<FieldError> errors = new ArrayList<>();
    private final Set<String> fields = new HashSet<>();

    /** Notes a fault, and answers null, which is what a value that cannot be read becomes. */
    @Nullable
    Object add(String field, String code, String message) {
        if (isFull()) {
            return null;
        }
        String name = Text.printable(field, MAX_NAME);
        errors.add(new FieldError(name, code, message));
        fields.add(name);
        return null;
    }

    /** Whether there are as many as an answer lists: what follows need not be looked at. */
    boolean isFull() {
        return errors.size() >= MAX_ERRORS;
    }

    /** Whether the field is at fault already. */
    boolean has(String field) {
        return fields.contains(Text.printable(field, MAX_NAME));
    }

    /** Whether an element of the list is at fault already. */
    boolean hasWithin(String list) {
        return fields.stream().anyMatch(field -> field.startsWith(list + "["));
    }

    /** @throws ProblemException {@code validation_failed} with everything noted, if anything was */
    void throwIfAny() {
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
    }

    List<FieldError> list() {
        return List.copyOf(errors);
    }
}
