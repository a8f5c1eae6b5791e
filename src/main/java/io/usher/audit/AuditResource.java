package io.usher.audit;

import io.smallrye.mutiny.Uni;
import io.usher.security.Caller;
import io.usher.security.CurrentCaller;
import io.usher.web.Page;
import io.usher.web.request.LongRequest;
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

/** The audit log. */
@Cancellable(false)
@Path("/api/admin/audit")
@RolesAllowed(Caller.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Admin: audit", description = "Who did what to whom")
class AuditResource {
    private final CurrentCaller caller;
    private final AuditLog log;
    private final LongRequest request;

    @Inject
    AuditResource(CurrentCaller caller, AuditLog log, LongRequest request) {
        this.caller = caller;
        this.log = log;
        this.request = request;
    }

    @GET
    @Operation(
            operationId = "listAuditEvents",
            summary = "Lists who did what to whom, newest first",
            description =
                    "Of the users in your scope; super admins also see what is about no user. Fields that changed are there by name,"
                            + " and with their values where these are neither personal nor secret.")
    @APIResponse(responseCode = "200", description = "A page of the log")
    public Uni<Page<AuditView>> list(@BeanParam AuditListParameters parameters) {
        return log.page(caller.get(), parameters.filter());
    }

    @GET
    @Path("/verify")
    @RolesAllowed(Caller.SUPER_ADMIN)
    @Operation(
            operationId = "verifyAudit",
            summary = "Holds every event against the chain of hashes",
            description =
                    "Finds what was changed, removed or inserted behind the service's back. Takes seconds for each million of events.")
    @APIResponse(responseCode = "200", description = "Whether the log is what was recorded")
    public Uni<AuditVerification> verify() {
        request.begin();
        return log.verify();
    }
}
