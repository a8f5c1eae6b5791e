package io.usher.credit;

import io.usher.web.PageRequest;
import io.usher.web.QueryReader;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The query of the ledger. The fields say to the OpenAPI document what there is; what is read is the whole query. */
class CreditListParameters {
    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 100;

    @Context
    @Nullable
    UriInfo uri;

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

    PageRequest page() {
        if (uri == null) {
            throw new IllegalStateException("The framework gives the request's URI");
        }
        QueryReader query = new QueryReader(uri.getQueryParameters());
        PageRequest page = PageRequest.from(query, DEFAULT_LIMIT, MAX_LIMIT, CreditRepository.ORDER);
        query.done();
        return page;
    }
}
