package io.usher.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import io.usher.problem.FieldError;
import org.jspecify.annotations.Nullable;

/**
 * A row as it stands in a file.
 *
 * @param line where it begins, counted from 1
 * @param error why it cannot be read; null where it can
 */
record FileRow(long line, @Nullable JsonNode user, @Nullable FieldError error) {
    static FileRow of(long line, JsonNode user) {
        return new FileRow(line, user, null);
    }

    static FileRow bad(long line, String field, String code, String message) {
        return new FileRow(line, null, new FieldError(field, code, message));
    }

    static FileRow tooLong(long line) {
        return bad(line, "", "size", "is longer than any user");
    }

    /** Where its end cannot be looked for. */
    static FileRow tooLongToGoOn(long line) {
        return bad(line, "", "size", "is longer than any user, and nothing after it was read");
    }

    /** Nothing after it can be told apart. */
    static FileRow unreadable(long line) {
        return bad(line, "", "malformed", "is not well-formed, and nothing after it was read");
    }
}
