package io.usher.apikey;

import io.usher.web.PageRequest;
import io.usher.web.QueryReader;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The query of the lists of API keys; the fields say to the OpenAPI document what there is. */
class ApiKeyListParameters {
    /** The one order there is. */
    static final String ORDER = "createdAt.desc";

    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 100;

    @Context
    @Nullable
    UriInfo uri;

    @QueryParam("limit")
    @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "1", maximum = "100", defaultValue = "20"))
    @Nullable
    String limit;

    @QueryParam("offset")
    @Parameter(schema = @Schema(type = SchemaType.INTEGER, minimum = "0", maximum = "2147483647", defaultValue = "0"))
    @Nullable
    String offset;

    @QueryParam("cursor")
    @Parameter(description = "'nextCursor' of the page before; not together with an offset")
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

    PageRequest page() {
        if (uri == null) {
            throw new IllegalStateException("The framework gives the request's URI");
        }
        QueryReader query = new QueryReader(uri.getQueryParameters());
        PageRequest page = PageRequest.from(query, DEFAULT_LIMIT, MAX_LIMIT, ORDER);
        query.done();
        return page;
    }
}
