package io.usher.problem;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A request that fails in a way the contract knows. Carries no stack trace: it is an answer, not a fault. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** As many fields as {@code detail} names; {@code errors} has them all. */
    private static final int MAX_NAMED = 20;

    private final ProblemCode code;
    private final transient List<FieldError> errors;
    private final @Nullable Duration retryAfter;

    private ProblemException(ProblemCode code, String detail, List<FieldError> errors, @Nullable Duration retryAfter) {
        super(detail, null, false, false);
        this.code = code;
        this.errors = List.copyOf(errors);
        this.retryAfter = retryAfter;
    }

    /** A problem with its own title as the detail. */
    public static ProblemException of(ProblemCode code) {
        return of(code, code.title() + ".");
    }

    /** A problem with a detail that the client may read: never a class name, SQL or a secret. */
    public static ProblemException of(ProblemCode code, String detail) {
        return new ProblemException(code, detail, List.of(), null);
    }

    /** A problem that passes by itself after a while. */
    public static ProblemException retryAfter(ProblemCode code, String detail, Duration retryAfter) {
        return new ProblemException(code, detail, List.of(), retryAfter);
    }

    /** {@code validation_failed} that names every field at fault. */
    public static ProblemException invalid(List<FieldError> errors) {
        List<String> fields = errors.stream()
                .map(FieldError::field)
                .filter(f -> !f.isEmpty())
                .distinct()
                .toList();
        String named = String.join(", ", fields.subList(0, Math.min(fields.size(), MAX_NAMED)));
        String detail = fields.isEmpty()
                ? errors.get(0).message()
                : "Not valid: " + named + (fields.size() > MAX_NAMED ? ", …" : "") + ".";
        return new ProblemException(ProblemCode.VALIDATION_FAILED, detail, errors, null);
    }

    /** {@code validation_failed} for one field. */
    public static ProblemException invalid(String field, String code, String message) {
        return invalid(List.of(new FieldError(field, code, message)));
    }

    /** What the client reads. */
    String detail() {
        return Objects.requireNonNullElse(getMessage(), code.title() + ".");
    }

    public ProblemCode code() {
        return code;
    }

    public List<FieldError> errors() {
        return errors;
    }

    /** How long the client should wait, rounded up to seconds when sent; null where waiting does not help. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
