package io.usher.fieldwork;

import io.usher.web.PageRequest;
import io.usher.web.QueryReader;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The query of the list. The fields say to the OpenAPI document what there is; what is read is the whole query. */
class DispenserListParameters {
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 100;

    /** What is asked for. */
    record Query(@Nullable String workOrderId, PageRequest page) {}

    @Context
    @Nullable
    UriInfo uri;

    @QueryParam("workOrderId")
    @Parameter(description = "The one of this work order", schema = @Schema(maxLength = NewDispenser.MAX_ID))
    @Nullable
    String workOrderId;

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

    Query query() {
        if (uri == null) {
            throw new IllegalStateException("The framework gives the request's URI");
        }
        QueryReader reader = new QueryReader(uri.getQueryParameters());
        Query query = new Query(
                reader.text("workOrderId", NewDispenser.MAX_ID),
                PageRequest.from(reader, DEFAULT_LIMIT, MAX_LIMIT, DispenserRepository.PAGES.order()));
        reader.done();
        return query;
    }
}
