package io.usher.quota;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.usher.security.CurrentCaller;
import io.usher.web.IdempotencyKey;
import io.usher.web.RecordedAnswer;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** A caller's own quotas. */
@Cancellable(false)
@Path("/api/quotas")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Quotas", description = "What one may use, and what is left of it")
class QuotaResource {
    private final CurrentCaller caller;
    private final QuotaService quotas;
    private final ConsumptionService consumption;

    @Inject
    QuotaResource(CurrentCaller caller, QuotaService quotas, ConsumptionService consumption) {
        this.caller = caller;
        this.quotas = quotas;
        this.consumption = consumption;
    }

    @GET
    @Path("/me")
    @Operation(operationId = "getMyQuotas", summary = "Shows your quotas")
    @APIResponse(
            responseCode = "200",
            description = "Every resource there is",
            content = @Content(schema = @Schema(implementation = QuotaStatus.class)))
    public Uni<QuotaStatus> me() {
        UUID id = caller.get().userId();
        return quotas.status(id).map(status -> new QuotaStatus(id, status));
    }

    @POST
    @Path("/{resource}/consume")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "consumeQuota",
            summary = "Takes from your quota, all or nothing",
            description = "429 quota_exceeded takes nothing; Retry-After then says when the next window starts.")
    @APIResponse(
            responseCode = "200",
            description = "The quota after it",
            headers = @Header(name = IdempotencyKey.REPLAYED, ref = "#/components/headers/" + IdempotencyKey.REPLAYED),
            content = @Content(schema = @Schema(implementation = QuotaView.class)))
    public Uni<Response> consume(
            @Parameter(description = "A configured resource, such as image") @PathParam("resource") String resource,
            @Parameter(ref = "#/components/parameters/idempotencyKey") @HeaderParam(IdempotencyKey.HEADER) @Nullable
                    String key,
            Consume body) {
        return consumption
                .consume(caller.get(), resource, IdempotencyKey.parse(key), body)
                .map(RecordedAnswer::toResponse);
    }
}
