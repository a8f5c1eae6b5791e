package io.usher.transfer;

import io.usher.user.UserExportService.Selection;
import io.usher.web.QueryParameters;
import io.usher.web.QueryReader;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** What an export can be asked for: a format, and the filters of GET /api/users. */
class ExportParameters extends QueryParameters {
    private static final String AS_THE_LIST = "As in GET /api/users.";

    @QueryParam("format")
    @Parameter(
            schema =
                    @Schema(
                            enumeration = {"csv", "json", "ndjson"},
                            defaultValue = "csv"))
    @Nullable
    String format;

    @QueryParam("includePasswordHash")
    @Parameter(
            description = "With the password hashes (bcrypt); for super admins in a session",
            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
    @Nullable
    String includePasswordHash;

    @QueryParam("q")
    @Parameter(description = AS_THE_LIST, schema = @Schema(maxLength = 254))
    @Nullable
    String q;

    @QueryParam("email")
    @Parameter(description = AS_THE_LIST, schema = @Schema(maxLength = 254))
    @Nullable
    String email;

    @QueryParam("name")
    @Parameter(description = AS_THE_LIST, schema = @Schema(maxLength = 254))
    @Nullable
    String name;

    @QueryParam("userType")
    @Parameter(description = AS_THE_LIST, schema = @Schema(enumeration = {"customer", "admin"}))
    @Nullable
    String userType;

    @QueryParam("status")
    @Parameter(
            description = AS_THE_LIST,
            schema = @Schema(enumeration = {"pending", "active", "inactive", "suspended"}))
    @Nullable
    String status;

    @QueryParam("leadStatus")
    @Parameter(description = AS_THE_LIST, schema = @Schema(enumeration = {"lead", "qualified", "customer", "closed"}))
    @Nullable
    String leadStatus;

    @QueryParam("role")
    @Parameter(description = AS_THE_LIST, schema = @Schema(maxLength = 32))
    @Nullable
    String role;

    @QueryParam("createdAfter")
    @Parameter(description = AS_THE_LIST, schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @Nullable
    String createdAfter;

    @QueryParam("createdBefore")
    @Parameter(description = AS_THE_LIST, schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @Nullable
    String createdBefore;

    @QueryParam("deleted")
    @Parameter(
            description = AS_THE_LIST,
            schema =
                    @Schema(
                            enumeration = {"false", "true", "only"},
                            defaultValue = "false"))
    @Nullable
    String deleted;

    @QueryParam("sort")
    @Parameter(
            description = AS_THE_LIST,
            schema =
                    @Schema(
                            enumeration = {"createdAt", "name", "email", "lastLoginAt"},
                            defaultValue = "createdAt"))
    @Nullable
    String sort;

    @QueryParam("order")
    @Parameter(
            description = AS_THE_LIST,
            schema =
                    @Schema(
                            enumeration = {"asc", "desc"},
                            defaultValue = "desc"))
    @Nullable
    String order;

    /** What was asked for. @param hashes whether with password hashes */
    record Asked(FileFormat format, Selection selection, boolean hashes) {}

    Asked read() {
        QueryReader query = query();
        Asked asked = new Asked(
                query.oneOf("format", FileFormat.class, FileFormat.CSV),
                Selection.from(query),
                query.bool("includePasswordHash", false));
        query.done();
        return asked;
    }
}
