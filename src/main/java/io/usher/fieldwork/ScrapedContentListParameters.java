package io.usher.fieldwork;

import io.usher.web.PageParameters;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** What the list can be asked for, besides pages. */
class ScrapedContentListParameters extends PageParameters {
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

    ScrapedContentFilter filter() {
        return ScrapedContentFilter.from(query());
    }
}
