package io.usher.migration;

import io.usher.problem.FieldError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A user of a V1 file as it was read.
 *
 * @param email normalised, where it can be read
 * @param errors why it cannot be written
 * @param newcomer null where it cannot
 */
record V1Item(
        @Nullable String email,
        List<FieldError> errors,
        @Nullable Newcomer newcomer) {
    static V1Item good(Newcomer newcomer) {
        return new V1Item(newcomer.email(), List.of(), newcomer);
    }

    static V1Item bad(@Nullable String email, List<FieldError> errors) {
        return new V1Item(email, errors, null);
    }
}
