package io.usher.privacy;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Multi;
import io.usher.security.CurrentCaller;
import io.usher.web.request.Download;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Everything that is held on a user, as a file. Declares no media type: what is sent is made already. */
@Cancellable(false)
@Path("/api/users/{userId}/export")
@Authenticated
@Tag(name = "Privacy")
class PersonExportResource {
    private final CurrentCaller caller;
    private final PersonExportService exports;
    private final Download download;

    @Inject
    PersonExportResource(CurrentCaller caller, PersonExportService exports, Download download) {
        this.caller = caller;
        this.exports = exports;
        this.download = download;
    }

    @GET
    @Operation(
            operationId = "exportUser",
            summary = "Exports everything that is held on a user",
            description =
                    "As it stands at one moment, table by table, sent while it is read. Hashes of passwords, tokens and keys are named in"
                            + " notShown; who is not the owner sees Pushover secrets masked. An admin that is"
                            + " no super admin sees of another user what it is and what was done to it, not what it did to others.")
    @APIResponse(
            responseCode = "200",
            description = "The document",
            headers = {@Header(name = "Content-Disposition", schema = @Schema(type = SchemaType.STRING))},
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema =
                                    @Schema(
                                            type = SchemaType.OBJECT,
                                            implementation = Object.class,
                                            additionalProperties = Schema.True.class)))
    public Multi<byte[]> export(@PathParam("userId") String userId) {
        return download.send(MediaType.APPLICATION_JSON, "user.json", exports.export(caller.get(), userId));
    }
}
