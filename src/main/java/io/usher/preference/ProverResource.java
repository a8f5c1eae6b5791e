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
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** A user's provers. */
@Cancellable(false)
@Path("/api/users/{userId}/provers")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Preferences")
class ProverResource {
    private static final String PROVER_ID = "#/components/parameters/proverId";

    private final CurrentCaller caller;
    private final ProverService provers;

    @Inject
    ProverResource(CurrentCaller caller, ProverService provers) {
        this.caller = caller;
        this.provers = provers;
    }

    @GET
    @Operation(
            operationId = "listProvers",
            summary = "Lists a user's provers",
            description = "By priority, then by id: those of the prover preference.")
    @APIResponse(responseCode = "200", description = "The provers")
    public Uni<Page<Prover>> list(@PathParam("userId") String userId, @BeanParam PageParameters parameters) {
        return provers.list(caller.get(), userId, parameters.page(ProverService.PAGES.order()));
    }

    @PUT
    @Path("/{proverId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putProver",
            summary = "Makes a prover, or puts this one in its place",
            description =
                    "lastUpdated of the prover preference is the present time afterwards; where none is set it is set by"
                            + " this. At most 500 provers a user: one more is a 409 conflict.")
    @APIResponse(responseCode = "200", description = "The prover, whether it is new or not")
    public Uni<Prover> put(
            @PathParam("userId") String userId,
            @Parameter(ref = PROVER_ID) @PathParam("proverId") String proverId,
            PutProver body) {
        return provers.put(caller.get(), caller.client(), userId, proverId, body);
    }

    @DELETE
    @Path("/{proverId}")
    @Operation(
            operationId = "deleteProver",
            summary = "Deletes a prover",
            description =
                    "lastUpdated of the prover preference is the present time afterwards. 404 not_found where there is"
                            + " none of this id.")
    @APIResponse(responseCode = "204", description = "It is gone")
    public Uni<Void> delete(
            @PathParam("userId") String userId, @Parameter(ref = PROVER_ID) @PathParam("proverId") String proverId) {
        return provers.delete(caller.get(), caller.client(), userId, proverId);
    }
}
