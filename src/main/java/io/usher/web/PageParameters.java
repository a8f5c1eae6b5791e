package io.usher.web;

import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/**
 * The query of a list, as far as it is about pages. The fields say to the OpenAPI document what there is; what is read is the whole query, so
 * that unknown and repeated parameters are found, and every one at fault is named.
 */
public class PageParameters {
    public static final int DEFAULT_LIMIT = 20;
    public static final int MAX_LIMIT = 100;

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

    /** The whole query, to be read to its end. */
    public QueryReader query() {
        if (uri == null) {
            throw new IllegalStateException("The framework gives the request's URI");
        }
        return new QueryReader(uri.getQueryParameters());
    }

    /** The page, where a list can be asked for nothing else. @param order the one order of the list */
    public PageRequest page(String order) {
        QueryReader query = query();
        PageRequest page = PageRequest.from(query, DEFAULT_LIMIT, MAX_LIMIT, order);
        query.done();
        return page;
    }
}
