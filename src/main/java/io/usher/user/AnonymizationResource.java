package io.usher.user;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;
import io.usher.security.CurrentCaller;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Erases what is held on a person. */
@Cancellable(false)
@Path("/api/users/{userId}")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Privacy", description = "What is held on a person")
class AnonymizationResource {
    private final CurrentCaller caller;
    private final AnonymizationService anonymization;

    @Inject
    AnonymizationResource(CurrentCaller caller, AnonymizationService anonymization) {
        this.caller = caller;
        this.anonymization = anonymization;
    }

    @POST
    @Path("/anonymize")
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "anonymizeUser",
            summary = "Erases who a user was, for good",
            description =
                    "For a super admin, and for the user itself, with its currentPassword. Everything personal is cleared or deleted in"
                            + " every table; the sums of ledgers stay, under the bare id. Sessions and API keys end at once, the user is"
                            + " deleted, and cannot be restored. Asked for once more, it erases what has come since, and answers the same"
                            + " time.")
    @APIResponse(responseCode = "200", description = "The receipt")
    public Uni<ErasureReceipt> anonymize(@PathParam("userId") String userId, Anonymize body) {
        return anonymization.anonymize(caller.get(), caller.client(), userId, body);
    }
}
