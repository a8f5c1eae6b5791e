package io.usher.auth;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.usher.security.CurrentCaller;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The caller's own sessions. */
@Cancellable(false)
@Path("/api/auth")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Auth")
class OwnSessionsResource {
    private final OwnSessions sessions;
    private final CurrentCaller current;

    OwnSessionsResource(OwnSessions sessions, CurrentCaller current) {
        this.sessions = sessions;
        this.current = current;
    }

    @POST
    @Path("/logout")
    @Operation(
            operationId = "logout",
            summary = "Sign out",
            description = "Ends the session that makes the request, on every replica.")
    @APIResponse(responseCode = "204", description = "Signed out.")
    public Uni<Void> logout() {
        return sessions.logout(current.get(), current.client());
    }

    @POST
    @Path("/logout-all")
    @Operation(
            operationId = "logoutAll",
            summary = "Sign out everywhere",
            description = "Ends all sessions of the caller.")
    @APIResponse(responseCode = "204", description = "Signed out.")
    public Uni<Void> logoutAll() {
        return sessions.logoutEverywhere(current.get(), current.client());
    }

    @GET
    @Path("/sessions")
    @Operation(
            operationId = "listOwnSessions",
            summary = "List one's own sessions",
            description = "The live ones, newest activity first.")
    public Uni<SessionList> list() {
        return sessions.list(current.get());
    }

    @DELETE
    @Path("/sessions")
    @Operation(operationId = "endOtherSessions", summary = "End all one's other sessions")
    @APIResponse(responseCode = "204", description = "Only the session that makes the request is left.")
    public Uni<Void> endOthers() {
        return sessions.endOthers(current.get());
    }

    @DELETE
    @Path("/sessions/{id}")
    @Operation(operationId = "endOwnSession", summary = "End one of one's own sessions")
    @APIResponse(responseCode = "204", description = "Ended.")
    public Uni<Void> end(@Parameter(name = "id", description = "The session.") @PathParam("id") UUID id) {
        return sessions.end(current.get(), id);
    }
}
