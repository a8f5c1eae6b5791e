package io.usher.generation;

import io.usher.web.PageParameters;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** What the lists of generations can be asked for, besides pages. */
class GenerationListParameters extends PageParameters {
    @QueryParam("type")
    @Parameter(description = "A configured resource, such as image", schema = @Schema(maxLength = 50))
    @Nullable
    String type;

    @QueryParam("status")
    @Parameter(schema = @Schema(enumeration = {"pending", "completed", "failed"}))
    @Nullable
    String status;

    @QueryParam("since")
    @Parameter(description = "Begun then or later", schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @Nullable
    String since;

    @QueryParam("until")
    @Parameter(
            description = "Begun earlier than then",
            schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @Nullable
    String until;
}
