package io.usher.preference;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.usher.security.CurrentCaller;
import io.usher.web.Page;
import io.usher.web.PageParameters;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** A user's preferences. */
@Cancellable(false)
@Path("/api/users/{userId}/preferences")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Preferences", description = "What users have set, and their provers")
class PreferenceResource {
    private static final String CATEGORY = "#/components/parameters/preferenceCategory";
    private static final String EXAMPLES = "#/components/examples/";

    private final CurrentCaller caller;
    private final PreferenceService preferences;

    @Inject
    PreferenceResource(CurrentCaller caller, PreferenceService preferences) {
        this.caller = caller;
        this.preferences = preferences;
    }

    @GET
    @Operation(
            operationId = "listPreferences",
            summary = "Lists what a user has set",
            description =
                    "Categories that are not set are not there. Secrets are masked for everybody but the user itself.")
    @APIResponse(responseCode = "200", description = "One for each category that is set")
    public Uni<Page<PreferenceView>> list(@PathParam("userId") String userId, @BeanParam PageParameters parameters) {
        return preferences.list(caller.get(), userId, parameters.page(PreferenceService.PAGES.order()));
    }

    @GET
    @Path("/{category}")
    @Operation(
            operationId = "getPreference",
            summary = "Shows what a user has set in a category",
            description =
                    "404 not_found where nothing is set. Secrets are masked for everybody but the user itself: •••• and,"
                            + " of those with 16 characters or more, the last four.")
    @APIResponse(responseCode = "200", description = "The settings, whole")
    public Uni<PreferenceView> get(
            @PathParam("userId") String userId, @Parameter(ref = CATEGORY) @PathParam("category") String category) {
        return preferences.get(caller.get(), userId, category);
    }

    @PUT
    @Path("/{category}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putPreference",
            summary = "Sets a category, in the place of what was set before",
            description =
                    "What has a default and is absent gets it. The mask of a secret, sent back as it was read, keeps the"
                            + " secret; any other mask is refused. Setting the prover category replaces the user's provers.")
    @RequestBody(
            required = true,
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = PutPreference.class),
                            examples = {
                                @ExampleObject(name = "email", ref = EXAMPLES + "emailPreference"),
                                @ExampleObject(name = "pushover", ref = EXAMPLES + "pushoverPreference"),
                                @ExampleObject(name = "work_week", ref = EXAMPLES + "workWeekPreference"),
                                @ExampleObject(name = "notification", ref = EXAMPLES + "notificationPreference"),
                                @ExampleObject(name = "prover", ref = EXAMPLES + "proverPreference")
                            }))
    @APIResponse(responseCode = "200", description = "The settings, whole, whether they are the first or not")
    public Uni<PreferenceView> put(
            @PathParam("userId") String userId,
            @Parameter(ref = CATEGORY) @PathParam("category") String category,
            PutPreference body) {
        return preferences.put(caller.get(), caller.client(), userId, category, body);
    }

    @DELETE
    @Path("/{category}")
    @Operation(
            operationId = "deletePreference",
            summary = "Unsets a category",
            description = "With the prover category the user's provers go. 404 not_found where nothing is set.")
    @APIResponse(responseCode = "204", description = "It is not set any more")
    public Uni<Void> delete(
            @PathParam("userId") String userId, @Parameter(ref = CATEGORY) @PathParam("category") String category) {
        return preferences.delete(caller.get(), caller.client(), userId, category);
    }
}
