package io.usher.generation;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.usher.security.CurrentCaller;
import io.usher.web.IdempotencyKey;
import io.usher.web.Page;
import io.usher.web.RecordedAnswer;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** What the caller lets be made. */
@Cancellable(false)
@Path("/api/generations")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Generations", description = "The ledger of what was made, charged to quotas")
class GenerationResource {
    private final CurrentCaller caller;
    private final GenerationService generations;

    @Inject
    GenerationResource(CurrentCaller caller, GenerationService generations) {
        this.caller = caller;
        this.generations = generations;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "createGeneration",
            summary = "Begins a generation, and charges it to your quota",
            description =
                    "Both or neither: with 429 quota_exceeded there is no generation, and nothing was taken. One that is"
                            + " pending for too long (1 hour, unless configured otherwise) fails by itself.")
    @APIResponse(
            responseCode = "201",
            description = "It is pending",
            headers = @Header(name = IdempotencyKey.REPLAYED, ref = "#/components/headers/" + IdempotencyKey.REPLAYED),
            content = @Content(schema = @Schema(implementation = CreatedGeneration.class)))
    public Uni<Response> create(
            @Parameter(ref = "#/components/parameters/idempotencyKey") @HeaderParam(IdempotencyKey.HEADER) @Nullable
                    String key,
            CreateGeneration body) {
        return generations
                .create(caller.get(), caller.client(), IdempotencyKey.parse(key), body)
                .map(RecordedAnswer::toResponse);
    }

    @GET
    @Operation(operationId = "listGenerations", summary = "Lists your generations, newest first")
    @APIResponse(responseCode = "200", description = "A page of the ledger")
    public Uni<Page<GenerationView>> list(@BeanParam GenerationListParameters parameters) {
        return generations.own(caller.get(), parameters.query());
    }

    @GET
    @Path("/{id}")
    @Operation(
            operationId = "getGeneration",
            summary = "Shows a generation",
            description = "Your own; admins also those of the users they manage.")
    @APIResponse(responseCode = "200", description = "The generation")
    public Uni<GenerationView> get(@PathParam("id") String id) {
        return generations.get(caller.get(), id);
    }

    @PATCH
    @Path("/{id}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "endGeneration",
            summary = "Ends a generation, once",
            description =
                    "Your own; admins also those of the users they manage. With failed, its cost goes back to the quota"
                            + " if the window it was charged to still runs. Once it has ended, 409 conflict.")
    @APIResponse(responseCode = "200", description = "The generation as it is now")
    public Uni<GenerationView> end(@PathParam("id") String id, EndGeneration body) {
        return generations.end(caller.get(), id, body);
    }
}
