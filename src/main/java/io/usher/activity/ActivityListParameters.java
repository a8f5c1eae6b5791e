package io.usher.activity;

import io.usher.web.QueryParameters;
import jakarta.ws.rs.QueryParam;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** What the list can be asked for. Its pages are larger than those of other lists. */
class ActivityListParameters extends QueryParameters {
    @QueryParam("activityType")
    @Parameter(
            schema =
                    @Schema(
                            enumeration = {
                                "login",
                                "logout",
                                "settings_change",
                                "scrape",
                                "form_automation",
                                "filter_change",
                                "user_switch"
                            }))
    @Nullable
    String activityType;

    @QueryParam("since")
    @Parameter(description = "Done then or later", schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @Nullable
    String since;

    @QueryParam("until")
    @Parameter(description = "Done earlier than then", schema = @Schema(type = SchemaType.STRING, format = "date-time"))
    @Nullable
    String until;

    @QueryParam("limit")
    @Parameter(
            description = "How many items a page has at most",
            schema =
                    @Schema(
                            type = SchemaType.INTEGER,
                            format = "int32",
                            minimum = "1",
                            maximum = "1000",
                            defaultValue = "100"))
    @Nullable
    String limit;

    @QueryParam("offset")
    @Nullable
    String offset;

    @QueryParam("cursor")
    @Nullable
    String cursor;

    @QueryParam("count")
    @Parameter(
            description = "How the total is found: an estimate is exact here; with none it is null",
            schema =
                    @Schema(
                            enumeration = {"exact", "estimate", "none"},
                            defaultValue = "exact"))
    @Nullable
    String count;

    ActivityFilter filter() {
        return ActivityFilter.from(query());
    }
}
