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

        @JsonInclude(JsonInclude.Include.NON_EMPTY) @Nullable
        List<FieldError> errors) {

    /** The media type of every error. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** The most field errors that one answer lists, so that a large body of faults does not become a larger answer. */
    private static final int MAX_ERRORS = 1000;

    /** The answer to a request that failed. */
    public static Problem of(ProblemException problem, String instance, String requestId) {
        ProblemCode code = problem.code();
        List<FieldError> errors = problem.errors().stream().limit(MAX_ERRORS).toList();
        return new Problem(
                code.type(),
                code.title(),
                code.status(),
                problem.detail(),
                instance,
                code.code(),
                requestId,
                errors.isEmpty() ? null : errors);
    }
}
