package io.usher.user;

import io.usher.web.QueryParameters;
import io.usher.web.QueryReader;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** How a user is deleted. */
class DeleteParameters extends QueryParameters {
    @QueryParam("permanent")
    @Parameter(
            description =
                    "Removes the row and all that hangs on it, and erases what is personal in ledgers; for super admins",
            schema = @Schema(type = SchemaType.BOOLEAN, defaultValue = "false"))
    @Nullable
    String permanent;

    boolean permanent() {
        QueryReader query = query();
        boolean read = query.bool("permanent", false);
        query.done();
        return read;
    }
}
