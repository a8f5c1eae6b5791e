package io.usher.activity;

import io.smallrye.mutiny.Uni;
import io.usher.security.Caller;
import io.usher.security.CurrentCaller;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** What an admin's users did, in sum. */
@Cancellable(false)
@Path("/api/admin/activities")
@RolesAllowed(Caller.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Activity")
class AdminActivityResource {
    private final CurrentCaller caller;
    private final ActivityService activities;

    @Inject
    AdminActivityResource(CurrentCaller caller, ActivityService activities) {
        this.caller = caller;
        this.activities = activities;
    }

    @GET
    @Path("/summary")
    @Operation(
            operationId = "summariseActivities",
            summary = "Sums up what the users in your scope did lately",
            description = "In the last days of 24 hours each, up to now; recentActivities are the 20 newest of these.")
    @APIResponse(responseCode = "200", description = "The summary")
    public Uni<ActivitySummary> summary(@BeanParam ActivitySummaryParameters parameters) {
        return activities.summary(caller.get(), parameters.days());
    }
}
