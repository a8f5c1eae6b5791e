package io.usher.activity;

import io.usher.web.QueryReader;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The query of the list. The fields say to the OpenAPI document what there is; what is read is the whole query. */
class ActivityListParameters {
    @Context
    @Nullable
    UriInfo uri;

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
    @Parameter(
            description = "How many items to skip; not together with a cursor",
            schema = @Schema(type = SchemaType.INTEGER, minimum = "0", maximum = "2147483647", defaultValue = "0"))
    @Nullable
    String offset;

    @QueryParam("cursor")
    @Parameter(
            description = "Where the page begins: 'nextCursor' of the page before",
            schema = @Schema(maxLength = 1000))
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
        if (uri == null) {
            throw new IllegalStateException("The framework gives the request's URI");
        }
        return ActivityFilter.from(new QueryReader(uri.getQueryParameters()));
    }
}
