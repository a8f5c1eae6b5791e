package io.usher.privacy;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.usher.security.Caller;
import io.usher.security.CurrentCaller;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.server.Cancellable;

/** What is held on a person: all of it shown, or all of it erased. */
@Cancellable(false)
@Path("/api/users/{userId}")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Privacy", description = "What is held on a person")
class PrivacyResource {
    private final CurrentCaller caller;
    private final AnonymizationService anonymization;
    private final UserExportService exports;

    @Inject
    PrivacyResource(CurrentCaller caller, AnonymizationService anonymization, UserExportService exports) {
        this.caller = caller;
        this.anonymization = anonymization;
        this.exports = exports;
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

    @GET
    @Path("/export")
    @Operation(
            operationId = "exportUser",
            summary = "Writes out everything that is held on a user",
            description =
                    "As it stands at one moment, table by table. Hashes of passwords, tokens and keys are named in notShown; who is not"
                            + " the owner sees Pushover secrets masked.")
    @APIResponse(
            responseCode = "200",
            description = "The document",
            headers = {@Header(name = "Content-Disposition", schema = @Schema(type = SchemaType.STRING))},
            content = @Content(schema = @Schema(type = SchemaType.OBJECT, implementation = Object.class)))
    public Multi<String> export(@PathParam("userId") String userId) {
        Caller asking = caller.get();
        return RestMulti.fromUniResponse(
                exports.require(asking, userId), user -> exports.document(asking, user), PrivacyResource::headers);
    }

    private static Map<String, List<String>> headers(UUID user) {
        return Map.of("Content-Disposition", List.of("attachment; filename=\"user-" + user + ".json\""));
    }
}
