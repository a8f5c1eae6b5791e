package io.usher.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The body of every error (RFC 9457). {@code errors} is there only for validation. */
@Schema(name = "Problem", description = "RFC 9457 problem details")
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        String instance,
        String code,
        String requestId,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) @Nullable List<FieldError> errors) {

    /** The media type of every error. */
    public static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(ProblemCode code, String detail, String instance, String requestId, List<FieldError> errors) {
        return new Problem(
                code.type(), code.title(), code.status(), detail, instance, code.code(), requestId, errors.isEmpty() ? null : errors);
    }
}
