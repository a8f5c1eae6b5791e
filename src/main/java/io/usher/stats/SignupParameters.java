package io.usher.stats;

import io.usher.web.QueryParameters;
import io.usher.web.QueryReader;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** Which year signups are asked for. */
class SignupParameters extends QueryParameters {
    private static final int FIRST = 1970;
    private static final int LAST = 9999;

    @QueryParam("year")
    @Parameter(
            description = "The year in UTC; without it the present one",
            schema = @Schema(type = SchemaType.INTEGER, format = "int32", minimum = "1970", maximum = "9999"))
    @Nullable
    String year;

    /** The year, or {@code present}. */
    int year(int present) {
        QueryReader query = query();
        int read = (int) query.integer("year", FIRST, LAST, present);
        query.done();
        return read;
    }
}
