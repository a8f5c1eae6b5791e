package io.usher.activity;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.usher.security.CurrentCaller;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** What clients say that their users did. */
@Cancellable(false)
@Path("/api/activities")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Activity", description = "What users did")
class ActivityResource {
    private final CurrentCaller caller;
    private final ActivityService activities;

    @Inject
    ActivityResource(CurrentCaller caller, ActivityService activities) {
        this.caller = caller;
        this.activities = activities;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "createActivity",
            summary = "Records something that you did",
            description =
                    "The service itself records login, logout and user_switch, which cannot be posted, and changes of profile, password"
                            + " and preferences as settings_change.")
    @APIResponse(
            responseCode = "201",
            description = "It is recorded",
            content = @Content(schema = @Schema(implementation = ActivityView.class)))
    public Uni<Response> create(CreateActivity body) {
        return activities.create(caller.get(), caller.client(), body).map(ActivityResource::created);
    }

    private static Response created(ActivityView activity) {
        return Response.status(Response.Status.CREATED).entity(activity).build();
    }
}
