package io.usher.fieldwork;

import io.quarkus.security.Authenticated;
import io.quarkus.vertx.http.Uncompressed;
import io.smallrye.mutiny.Uni;
import io.usher.security.CurrentCaller;
import io.usher.web.Page;
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
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.net.URI;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** A user's dispensers, by work order. */
@Cancellable(false)
@Path(DispenserResource.PATH)
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Field work")
class DispenserResource {
    static final String PATH = "/api/users/{userId}/dispensers";

    private static final String WORK_ORDER = "1 to 100 characters; no control characters, and no blank at its ends";

    private final CurrentCaller caller;
    private final DispenserService dispensers;

    @Inject
    DispenserResource(CurrentCaller caller, DispenserService dispensers) {
        this.caller = caller;
        this.dispensers = dispensers;
    }

    @GET
    @Uncompressed
    @Operation(
            operationId = "listDispensers",
            summary = "Lists a user's dispensers, newest update first",
            description = "A page has fewer records than its limit where they are large (8 MiB): go on at nextCursor.")
    @APIResponse(responseCode = "200", description = "A page of records")
    public Uni<Page<DispenserView>> list(
            @PathParam("userId") String userId, @BeanParam DispenserListParameters parameters) {
        DispenserListParameters.Query query = parameters.filter();
        return dispensers.list(caller.get(), userId, query.workOrderId(), query.page());
    }

    @PUT
    @Path("/{workOrderId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "putDispenser",
            summary = "Stores the dispensers of a work order",
            description = "In the place of what there is: what is absent is gone. Sent again it counts as an update.")
    @APIResponse(
            responseCode = "201",
            description = "The record, which is new",
            headers = @Header(name = "Location", schema = @Schema(type = SchemaType.STRING)),
            content = @Content(schema = @Schema(implementation = DispenserView.class)))
    @APIResponse(
            responseCode = "200",
            description = "The record as it is now",
            content = @Content(schema = @Schema(implementation = DispenserView.class)))
    public Uni<Response> put(
            @PathParam("userId") String userId,
            @Parameter(description = WORK_ORDER) @PathParam("workOrderId") String workOrderId,
            PutDispenser body) {
        return dispensers.put(caller.get(), userId, workOrderId, body).map(DispenserResource::answer);
    }

    @GET
    @Path("/{workOrderId}")
    @Operation(operationId = "getDispenser", summary = "Shows the dispensers of a work order")
    @APIResponse(responseCode = "200", description = "The record")
    public Uni<DispenserView> get(@PathParam("userId") String userId, @PathParam("workOrderId") String workOrderId) {
        return dispensers.get(caller.get(), userId, workOrderId);
    }

    @DELETE
    @Path("/{workOrderId}")
    @Operation(operationId = "deleteDispenser", summary = "Deletes the dispensers of a work order")
    @APIResponse(responseCode = "204", description = "They are gone")
    public Uni<Void> delete(@PathParam("userId") String userId, @PathParam("workOrderId") String workOrderId) {
        return dispensers.delete(caller.get(), userId, workOrderId);
    }

    /** The builder leaves semicolons as they are, and what follows one is no part of the id. */
    private static URI location(DispenserView view) {
        URI uri = UriBuilder.fromPath(PATH + "/{workOrderId}").build(view.userId(), view.workOrderId());
        return URI.create(uri.toString().replace(";", "%3B"));
    }

    private static Response answer(StoredDispenser written) {
        DispenserView view = written.view();
        Response.ResponseBuilder response = written.made() ? Response.created(location(view)) : Response.ok();
        return response.type(MediaType.APPLICATION_JSON_TYPE).entity(view).build();
    }
}
