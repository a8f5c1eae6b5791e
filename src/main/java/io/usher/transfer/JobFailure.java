package io.usher.transfer;

import io.usher.problem.Failures;
import io.usher.problem.FieldError;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import java.util.Objects;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Why a job failed.
 *
 * @param code that of the problem that a request would have been answered
 * @param detail for people
 */
@Schema(name = "JobFailure")
public record JobFailure(String code, String detail) {
    private static final int MOST_NAMED = 20;
    private static final String AGAIN = " Send the file again: rows that are in are skipped.";

    static final JobFailure DIED =
            new JobFailure(ProblemCode.INTERNAL_ERROR.code(), "The process that ran it ended." + AGAIN);
    static final JobFailure STOPPED =
            new JobFailure(ProblemCode.OVERLOADED.code(), "The service that ran it was stopped." + AGAIN);
    static final JobFailure UNKNOWN =
            new JobFailure(ProblemCode.INTERNAL_ERROR.code(), "Something went wrong on our side." + AGAIN);

    /** What is told of a failure: nothing that stood in the file, as jobs are kept. */
    static JobFailure of(Throwable failure) {
        ProblemException known = Failures.toProblem(failure);
        if (known == null) {
            return UNKNOWN;
        }
        String detail = known.errors().isEmpty()
                ? Objects.requireNonNullElse(known.getMessage(), known.code().title())
                : known.errors().stream()
                        .map(JobFailure::named)
                        .distinct()
                        .limit(MOST_NAMED)
                        .collect(Collectors.joining("; "));
        return new JobFailure(known.code().code(), detail);
    }

    /** A column that is none may be a value: there are files without a first line that names the columns. */
    private static String named(FieldError error) {
        String field = RowError.known(error.field());
        return (field.isEmpty() && !error.field().isEmpty() ? "a name in the file" : field)
                .concat(" " + error.message())
                .strip();
    }
}
