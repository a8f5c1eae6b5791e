package io.usher.transfer;

import io.smallrye.mutiny.Multi;
import io.usher.security.Caller;
import io.usher.security.CurrentCaller;
import io.usher.user.FileUser;
import io.usher.web.request.Download;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Files of users. */
@Cancellable(false)
@Path("/api/admin/users/export")
@RolesAllowed(Caller.ADMIN)
@Tag(name = "Admin: moving data", description = "Files of users")
class UserExportResource {
    private final CurrentCaller caller;
    private final ExportService exports;
    private final Download download;

    @Inject
    UserExportResource(CurrentCaller caller, ExportService exports, Download download) {
        this.caller = caller;
        this.exports = exports;
        this.download = download;
    }

    @GET
    @Operation(
            operationId = "exportUsers",
            summary = "Exports the users in your scope",
            description =
                    "All users that the filters of GET /api/users leave, as they were at one moment, sent while they are read."
                            + " Cells of CSV that a spreadsheet would run as formulas (= + - @, tab, CR) begin with an apostrophe, which the"
                            + " import takes away. A file that breaks off ends with its connection.")
    @APIResponse(
            responseCode = "200",
            description = "The file",
            content = {
                @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING)),
                @Content(mediaType = "application/json", schema = @Schema(implementation = FileUser[].class)),
                @Content(mediaType = "application/x-ndjson", schema = @Schema(implementation = FileUser.class))
            })
    public Multi<byte[]> export(@BeanParam ExportParameters parameters) {
        ExportParameters.Asked asked = parameters.read();
        return download.send(
                asked.format().contentType(), asked.format().fileName(), exports.export(caller.get(), asked));
    }
}
