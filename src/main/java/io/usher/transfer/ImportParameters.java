package io.usher.transfer;

import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.user.UserImportService.OnConflict;
import io.usher.web.QueryParameters;
import io.usher.web.QueryReader;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** What an import can be asked for. */
class ImportParameters extends QueryParameters {
    @QueryParam("format")
    @Parameter(
            description = "What the body is; else its Content-Type says it",
            schema = @Schema(enumeration = {"csv", "json", "ndjson"}))
    @Nullable
    String format;

    @QueryParam("onConflict")
    @Parameter(
            description =
                    "What becomes of a row whose email another user has: it is skipped, updates that user, or undoes the import",
            schema =
                    @Schema(
                            enumeration = {"skip", "update", "fail"},
                            defaultValue = "skip"))
    @Nullable
    String onConflict;

    @QueryParam("dryRun")
    @Parameter(
            description = "Reports the same, and writes nothing",
            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
    @Nullable
    String dryRun;

    /** @throws ProblemException that names every parameter at fault; {@code unsupported_media_type} where nothing says the format */
    ImportService.Order read(@Nullable String contentType) {
        QueryReader query = query();
        FileFormat asked = query.oneOf("format", FileFormat.class);
        OnConflict onConflict = query.oneOf("onConflict", OnConflict.class, OnConflict.SKIP);
        boolean dry = query.bool("dryRun", false);
        query.done();
        FileFormat found = asked == null ? FileFormat.of(contentType) : asked;
        if (found == null) {
            throw ProblemException.of(ProblemCode.UNSUPPORTED_MEDIA_TYPE);
        }
        return new ImportService.Order(found, onConflict, dry);
    }
}
