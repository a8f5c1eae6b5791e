package io.usher.migration;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.usher.security.Caller;
import io.usher.security.CurrentCaller;
import io.usher.web.BodyLimits;
import io.usher.web.request.LongRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.InputStream;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Takes files of users over. */
@Cancellable(false)
@Path(V1FileLimit.PATH)
@RolesAllowed(Caller.SUPER_ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Admin: migration", description = "Users of older systems")
class V1MigrationResource {
    private final CurrentCaller caller;
    private final MigrationService migrations;
    private final BodyLimits limits;
    private final LongRequest request;

    @Inject
    V1MigrationResource(CurrentCaller caller, MigrationService migrations, BodyLimits limits, LongRequest request) {
        this.caller = caller;
        this.migrations = migrations;
        this.limits = limits;
        this.request = request;
    }

    /** On a worker thread: the file is read as it comes in, and may be large. */
    @POST
    @Blocking
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "migrateV1Users",
            summary = "Takes users of V1 over",
            description =
                    "Each user whole or not at all, whatever becomes of the others: what is wrong with one is reported"
                            + " in its item, and only a file that is no list of users is a 400. Users whose email is taken are skipped"
                            + " (unless by a registration that nobody verified: that is replaced), and so is who was migrated before,"
                            + " so the same file can be sent again. Passwords in clear are hashed, which takes about a quarter of a"
                            + " second each on one core; bcrypt hashes are taken over as they are. API keys write"
                            + " neither: users with a password fail.")
    @APIResponse(responseCode = "200", description = "What became of each user, in the order of the file")
    public Uni<MigrationReport> migrate(
            @RequestBody(required = true, content = @Content(schema = @Schema(implementation = V1Migration.class)))
                    InputStream file) {
        request.begin();
        return migrations.migrate(caller.get(), limits.counted(file, V1FileLimit.PATH));
    }
}
