package io.usher.audit;

import io.usher.web.PageParameters;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** What the log can be asked for, besides pages. */
class AuditListParameters extends PageParameters {
    @QueryParam("actorId")
    @Parameter(description = "Who did it", schema = @Schema(type = SchemaType.STRING, format = "uuid"))
    @Nullable
    String actorId;

    @QueryParam("targetId")
    @Parameter(description = "Whom it is about", schema = @Schema(type = SchemaType.STRING, format = "uuid"))
    @Nullable
    String targetId;

    @QueryParam("action")
    @Parameter(description = "What was done", schema = @Schema(implementation = AuditAction.class))
    @Nullable
    String action;

    @QueryParam("since")
    @Parameter(description = "Done then or later", schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @Nullable
    String since;

    @QueryParam("until")
    @Parameter(description = "Done earlier than then", schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @Nullable
    String until;

    AuditFilter filter() {
        return AuditFilter.from(query());
    }
}
