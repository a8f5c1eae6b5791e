package io.usher.user;

import io.usher.web.PageParameters;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** What the lists of users can be asked for, besides pages. */
class UserListParameters extends PageParameters {
    private static final String NEEDLE =
            "Three characters or more match anywhere, fewer match the start; case does not matter. ";

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

    UserFilter filter() {
        return UserFilter.from(query());
    }
}
