package io.usher.activity;

import io.usher.web.QueryParameters;
import io.usher.web.QueryReader;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** What the summary can be asked for. */
class ActivitySummaryParameters extends QueryParameters {
    private static final int MAX_DAYS = 366;

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
        QueryReader query = query();
        int read = (int) query.integer("days", 1, MAX_DAYS, 1);
        query.done();
        return read;
    }
}
