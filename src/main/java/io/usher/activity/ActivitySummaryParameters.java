package io.usher.activity;

import io.usher.web.QueryReader;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The query of the summary. The field says to the OpenAPI document what there is; what is read is the whole query. */
class ActivitySummaryParameters {
    private static final int MAX_DAYS = 366;

    @Context
    @Nullable
    UriInfo uri;

    @QueryParam("days")
    @Parameter(
            description = "How far to look back, in days of 24 hours",
            schema =
                    @Schema(
                            type = SchemaType.INTEGER,
                            format = "int32",
                            minimum = "1",
                            maximum = "366",
                            defaultValue = "1"))
    @Nullable
    String days;

    int days() {
        if (uri == null) {
            throw new IllegalStateException("The framework gives the request's URI");
        }
        QueryReader query = new QueryReader(uri.getQueryParameters());
        int read = (int) query.integer("days", 1, MAX_DAYS, 1);
        query.done();
        return read;
    }
}
