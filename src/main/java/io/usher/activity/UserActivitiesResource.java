package io.usher.activity;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.usher.security.CurrentCaller;
import io.usher.web.Page;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** What a user did. */
@Cancellable(false)
@Path("/api/users/{userId}/activities")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Activity")
class UserActivitiesResource {
    private final CurrentCaller caller;
    private final ActivityService activities;

    @Inject
    UserActivitiesResource(CurrentCaller caller, ActivityService activities) {
        this.caller = caller;
        this.activities = activities;
    }

    @GET
    @Operation(
            operationId = "listActivities",
            summary = "Lists what a user did, newest first",
            description =
                    "A settings_change that the service recorded has details with kind (profile, password or preference), the fields"
                            + " of a profile that changed, and, where somebody else made it, actorId; never a value."
                            + " A page has fewer than its limit where details are large (8 MiB): go on at nextCursor.")
    @APIResponse(responseCode = "200", description = "A page of activities")
    public Uni<Page<ActivityView>> list(
            @PathParam("userId") String userId, @BeanParam ActivityListParameters parameters) {
        return activities.list(caller.get(), userId, parameters.filter());
    }
}
