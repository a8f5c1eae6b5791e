package io.usher.fieldwork;

import io.usher.web.PageParameters;
import io.usher.web.PageRequest;
import io.usher.web.QueryReader;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** What the list can be asked for, besides pages. */
class DispenserListParameters extends PageParameters {
    /** What is asked for. */
    record Query(@Nullable String workOrderId, PageRequest page) {}

    @QueryParam("workOrderId")
    @Parameter(description = "The one of this work order", schema = @Schema(maxLength = NewDispenser.MAX_ID))
    @Nullable
    String workOrderId;

    Query filter() {
        QueryReader reader = query();
        Query query = new Query(
                reader.text("workOrderId", NewDispenser.MAX_ID),
                PageRequest.from(reader, DEFAULT_LIMIT, MAX_LIMIT, DispenserRepository.PAGES.order()));
        reader.done();
        return query;
    }
}
