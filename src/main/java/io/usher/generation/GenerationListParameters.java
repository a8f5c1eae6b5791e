package io.usher.generation;

import io.usher.web.QueryReader;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The query of the lists. The fields say to the OpenAPI document what there is; what is read is the whole query. */
class GenerationListParameters {
    @Context
    @Nullable
    UriInfo uri;

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

    @QueryParam("limit")
    @Parameter(ref = "#/components/parameters/limit")
    @Nullable
    String limit;

    @QueryParam("offset")
    @Parameter(ref = "#/components/parameters/offset")
    @Nullable
    String offset;

    @QueryParam("cursor")
    @Parameter(ref = "#/components/parameters/cursor")
    @Nullable
    String cursor;

    @QueryParam("count")
    @Parameter(ref = "#/components/parameters/count")
    @Nullable
    String count;

    QueryReader query() {
        if (uri == null) {
            throw new IllegalStateException("The framework gives the request's URI");
        }
        return new QueryReader(uri.getQueryParameters());
    }
}
