package io.usher.credit;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.usher.security.Caller;
import io.usher.security.CurrentCaller;
import io.usher.web.IdempotencyKey;
import io.usher.web.Page;
import io.usher.web.PageParameters;
import io.usher.web.RecordedAnswer;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
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

/** A user's credits. */
@Cancellable(false)
@Path("/api/users/{userId}/credits")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Credits", description = "Balances, and the ledger that they follow from")
class CreditResource {
    private static final String KEY = "#/components/parameters/idempotencyKey";
    private static final String REPLAYED = "#/components/headers/" + IdempotencyKey.REPLAYED;

    private final CurrentCaller caller;
    private final CreditService credits;

    @Inject
    CreditResource(CurrentCaller caller, CreditService credits) {
        this.caller = caller;
        this.credits = credits;
    }

    @GET
    @Operation(operationId = "getCredits", summary = "Shows a user's balance")
    @APIResponse(responseCode = "200", description = "The sum of all transactions")
    public Uni<CreditBalance> balance(@PathParam("userId") String userId) {
        return credits.balance(caller.get(), userId);
    }

    @GET
    @Path("/transactions")
    @Operation(operationId = "listCreditTransactions", summary = "Lists a user's transactions, newest first")
    @APIResponse(responseCode = "200", description = "A page of the ledger")
    public Uni<Page<CreditTransaction>> transactions(
            @PathParam("userId") String userId, @BeanParam PageParameters parameters) {
        return credits.transactions(caller.get(), userId, parameters.page(CreditRepository.ORDER));
    }

    @POST
    @Path("/transactions")
    @RolesAllowed(Caller.ADMIN)
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "grantCredits",
            summary = "Gives credits to a user, or takes them back",
            description = "A negative amount takes back; 402 insufficient_credits where there are not so many.")
    @APIResponse(
            responseCode = "201",
            description = "The transaction",
            headers = @Header(name = IdempotencyKey.REPLAYED, ref = REPLAYED),
            content = @Content(schema = @Schema(implementation = CreditTransaction.class)))
    @APIResponse(responseCode = "402", description = "There are not so many")
    public Uni<Response> grant(
            @PathParam("userId") String userId,
            @Parameter(ref = KEY) @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            GrantCredits body) {
        return credits.grant(caller.get(), userId, IdempotencyKey.parse(key), body)
                .map(RecordedAnswer::toResponse);
    }

    @POST
    @Path("/spend")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "spendCredits",
            summary = "Spends your credits",
            description = "All or nothing: 402 insufficient_credits where there are not so many.")
    @APIResponse(
            responseCode = "201",
            description = "The transaction, with its amount negative",
            headers = @Header(name = IdempotencyKey.REPLAYED, ref = REPLAYED),
            content = @Content(schema = @Schema(implementation = CreditTransaction.class)))
    @APIResponse(responseCode = "402", description = "There are not so many")
    public Uni<Response> spend(
            @PathParam("userId") String userId,
            @Parameter(ref = KEY) @HeaderParam(IdempotencyKey.HEADER) @Nullable String key,
            SpendCredits body) {
        return credits.spend(caller.get(), userId, IdempotencyKey.parse(key), body)
                .map(RecordedAnswer::toResponse);
    }
}
