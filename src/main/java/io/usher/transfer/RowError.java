package io.usher.transfer;

import io.usher.problem.FieldError;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Why a row of a file was not taken over.
 *
 * @param line where the row begins, counted from 1, the header included
 */
@Schema(name = "ImportError")
public record RowError(long line, String field, String code, String message) {
    static RowError of(long line, FieldError error) {
        return new RowError(line, error.field(), error.code(), error.message());
    }

    /** As it may be kept: without a name that the file made up. */
    RowError kept() {
        return new RowError(line, known(field), code, message);
    }

    /** The field, where it is one that users have; else empty. */
    static String known(String field) {
        return Column.named(field.split("[.\\[]", 2)[0]) == null ? "" : field;
    }
}
