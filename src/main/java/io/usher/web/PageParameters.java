package io.usher.web;

import jakarta.ws.rs.QueryParam;
import org.jspecify.annotations.Nullable;

/** The query of a list, as far as it is about pages. What the document says of them stands in {@code META-INF/openapi.yaml}. */
public class PageParameters extends QueryParameters {
    public static final int DEFAULT_LIMIT = 20;
    public static final int MAX_LIMIT = 100;

    @QueryParam("limit")
    @Nullable
    String limit;

    @QueryParam("offset")
    @Nullable
    String offset;

    @QueryParam("cursor")
    @Nullable
    String cursor;

    @QueryParam("count")
    @Nullable
    String count;

    /** The page, where a list can be asked for nothing else. @param order the one order of the list */
    public PageRequest page(String order) {
        QueryReader query = query();
        PageRequest page = PageRequest.from(query, DEFAULT_LIMIT, MAX_LIMIT, order);
        query.done();
        return page;
    }
}
