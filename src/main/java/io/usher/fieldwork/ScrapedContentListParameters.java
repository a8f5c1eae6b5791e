package io.usher.fieldwork;

import io.usher.web.QueryReader;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The query of the list. The fields say to the OpenAPI document what there is; what is read is the whole query. */
class ScrapedContentListParameters {
    @Context
    @Nullable
    UriInfo uri;

    @QueryParam("contentType")
    @Parameter(schema = @Schema(maxLength = PostScrapedContent.MAX_TYPE))
    @Nullable
    String contentType;

    @QueryParam("sourceUrl")
    @Parameter(schema = @Schema(maxLength = PostScrapedContent.MAX_URL))
    @Nullable
    String sourceUrl;

    @QueryParam("since")
    @Parameter(description = "Found then or later", schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @Nullable
    String since;

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

    ScrapedContentFilter filter() {
        if (uri == null) {
            throw new IllegalStateException("The framework gives the request's URI");
        }
        return ScrapedContentFilter.from(new QueryReader(uri.getQueryParameters()));
    }
}
