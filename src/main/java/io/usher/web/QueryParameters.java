package io.usher.web;

import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import org.jspecify.annotations.Nullable;

/**
 * The query of an operation. The fields of those that extend it say to the OpenAPI document what there is; what is read is the whole query, so that
 * unknown and repeated parameters are found, and every one at fault is named. {@link StrictRequests} sees to operations that have none of them.
 */
public abstract class QueryParameters {
    @Context
    @Nullable
    UriInfo uri;

    /** The whole query, to be read to its end. */
    public final QueryReader query() {
        if (uri == null) {
            throw new IllegalStateException("The framework gives the request's URI");
        }
        return new QueryReader(uri.getQueryParameters());
    }
}
