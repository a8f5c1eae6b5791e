package io.usher.quota;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.usher.security.Caller;
import io.usher.security.CurrentCaller;
import io.usher.security.Subjects;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The quotas of the users that an admin manages. */
@Cancellable(false)
@Path("/api/admin/quotas")
@RolesAllowed(Caller.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Admin: quotas", description = "What users may use")
class AdminQuotaResource {
    private final CurrentCaller caller;
    private final Subjects subjects;
    private final QuotaService quotas;

    @Inject
    AdminQuotaResource(CurrentCaller caller, Subjects subjects, QuotaService quotas) {
        this.caller = caller;
        this.subjects = subjects;
        this.quotas = quotas;
    }

    @GET
    @Path("/me/status")
    @Authenticated
    @Operation(operationId = "getMyQuotaStatus", summary = "Shows your quotas, as GET /api/quotas/me does")
    @APIResponse(responseCode = "200", description = "Every resource there is")
    public Uni<QuotaStatus> mine() {
        return status(caller.get().userId());
    }

    @GET
    @Path("/{userId}")
    @Operation(operationId = "getQuotas", summary = "Shows a user's quotas")
    @APIResponse(responseCode = "200", description = "Every resource there is")
    public Uni<QuotaStatus> get(@PathParam("userId") String userId) {
        return subjects.require(caller.get(), userId).chain(this::status);
    }

    @PUT
    @Path("/{userId}")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "setQuotas",
            summary = "Sets what a user may use",
            description =
                    "Resources that are not named stay as they are. What was used in the running window stays used, also"
                            + " when its type changes; only the count of an unlimited quota ends with it.")
    @APIResponse(responseCode = "200", description = "Every resource there is")
    public Uni<QuotaStatus> set(@PathParam("userId") String userId, QuotaSettings body) {
        return subjects.requireChangeable(caller.get(), userId)
                .chain(id -> quotas.set(id, body.byResource()).map(status -> new QuotaStatus(id, status)));
    }

    @POST
    @Path("/{userId}/reset")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "resetQuotas",
            summary = "Lets a user's count begin anew",
            description = "Of one resource, or of all. What was charged before is not given back when it fails later.")
    @APIResponse(responseCode = "200", description = "Every resource there is")
    public Uni<QuotaStatus> reset(@PathParam("userId") String userId, ResetQuotas body) {
        return subjects.requireChangeable(caller.get(), userId)
                .chain(id -> quotas.reset(id, body.resource()).map(status -> new QuotaStatus(id, status)));
    }

    @POST
    @Path("/{userId}/consume")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(operationId = "consumeQuotaOf", summary = "Takes from a user's quota, all or nothing")
    @APIResponse(responseCode = "200", description = "The quota after it")
    public Uni<QuotaView> consume(@PathParam("userId") String userId, ConsumeFor body) {
        return subjects.requireChangeable(caller.get(), userId)
                .chain(id -> quotas.consumeFor(caller.get(), id, body.resource(), body.value()));
    }

    private Uni<QuotaStatus> status(UUID id) {
        return quotas.status(id).map(status -> new QuotaStatus(id, status));
    }
}
