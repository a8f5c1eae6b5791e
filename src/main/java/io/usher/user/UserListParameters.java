package io.usher.user;

import io.usher.web.QueryReader;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * The query of the user lists. The fields say to the OpenAPI document what there is; what is read is the whole query, so that unknown and
 * repeated parameters are found, and every one at fault is named.
 */
class UserListParameters {
    private static final String NEEDLE =
            "Three characters or more match anywhere, fewer match the start; case does not matter. ";

    @Context
    @Nullable
    UriInfo uri;

    @QueryParam("q")
    @Parameter(description = NEEDLE + "Looks at email, name, username and phone.", schema = @Schema(maxLength = 254))
    @Nullable
    String q;

    @QueryParam("email")
    @Parameter(description = NEEDLE, schema = @Schema(maxLength = 254))
    @Nullable
    String email;

    @QueryParam("name")
    @Parameter(description = NEEDLE, schema = @Schema(maxLength = 254))
    @Nullable
    String name;

    @QueryParam("userType")
    @Parameter(schema = @Schema(enumeration = {"customer", "admin"}))
    @Nullable
    String userType;

    @QueryParam("status")
    @Parameter(schema = @Schema(enumeration = {"pending", "active", "inactive", "suspended"}))
    @Nullable
    String status;

    @QueryParam("leadStatus")
    @Parameter(schema = @Schema(enumeration = {"lead", "qualified", "customer", "closed"}))
    @Nullable
    String leadStatus;

    @QueryParam("role")
    @Parameter(description = "customer, admin, super-admin, or a custom role", schema = @Schema(maxLength = 32))
    @Nullable
    String role;

    @QueryParam("createdAfter")
    @Parameter(description = "Created then or later", schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @Nullable
    String createdAfter;

    @QueryParam("createdBefore")
    @Parameter(
            description = "Created earlier than then",
            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @Nullable
    String createdBefore;

    @QueryParam("deleted")
    @Parameter(
            description = "Whether deleted users are in the list as well, or alone",
            schema =
                    @Schema(
                            enumeration = {"false", "true", "only"},
                            defaultValue = "false"))
    @Nullable
    String deleted;

    @QueryParam("sort")
    @Parameter(
            schema =
                    @Schema(
                            enumeration = {"createdAt", "name", "email", "lastLoginAt"},
                            defaultValue = "createdAt"))
    @Nullable
    String sort;

    @QueryParam("order")
    @Parameter(
            schema =
                    @Schema(
                            enumeration = {"asc", "desc"},
                            defaultValue = "desc"))
    @Nullable
    String order;

    @QueryParam("limit")
    @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "100", defaultValue = "20"))
    @Nullable
    String limit;

    @QueryParam("offset")
    @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "0", maximum = "2147483647", defaultValue = "0"))
    @Nullable
    String offset;

    @QueryParam("cursor")
    @Parameter(
            description = "'nextCursor' of the page before, with the same sort and order; not together with an offset")
    @Nullable
    String cursor;

    @QueryParam("count")
    @Parameter(
            description = "How the total is found; with none it is null",
            schema =
                    @Schema(
                            enumeration = {"exact", "estimate", "none"},
                            defaultValue = "exact"))
    @Nullable
    String count;

    UserFilter filter() {
        if (uri == null) {
            throw new IllegalStateException("The framework gives the request's URI");
        }
        return UserFilter.from(new QueryReader(uri.getQueryParameters()));
    }
}
