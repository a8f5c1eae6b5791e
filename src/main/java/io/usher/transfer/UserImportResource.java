package io.usher.transfer;

import io.smallrye.common.annotation.Blocking;
import io.smallrye.mutiny.Uni;
import io.usher.security.Caller;
import io.usher.security.CallerWatch;
import io.usher.security.CurrentCaller;
import io.usher.user.FileUser;
import io.usher.web.BodyLimits;
import io.usher.web.request.LongRequest;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.headers.Header;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Takes files of users over. */
@Cancellable(false)
@Path(ImportFileLimit.PATH)
@RolesAllowed(Caller.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Admin: moving data", description = "Files of users")
class UserImportResource {
    private final CurrentCaller caller;
    private final ImportService imports;
    private final JobService jobs;
    private final CallerWatch watch;
    private final BodyLimits limits;
    private final LongRequest request;

    @Inject
    UserImportResource(
            CurrentCaller caller,
            ImportService imports,
            JobService jobs,
            CallerWatch watch,
            BodyLimits limits,
            LongRequest request) {
        this.caller = caller;
        this.imports = imports;
        this.jobs = jobs;
        this.watch = watch;
        this.limits = limits;
        this.request = request;
    }

    /** On a worker thread: the file is read as it comes in. */
    @POST
    @Blocking
    @Consumes({"text/csv", MediaType.APPLICATION_JSON, "application/x-ndjson"})
    @Operation(
            operationId = "importUsers",
            summary = "Imports a file of users",
            description =
                    "What POST /api/users takes, and what an export has: columns or keys by name, in snake or camel case, in any order."
                            + " Bad rows are reported with their line and do not stop the good ones. An admin manages whom it imports. Ids are taken"
                            + " over for super admins, credits for nobody. With onConflict=update, what the file has of a user replaces what it had;"
                            + " super admins are never changed, admins by super admins only. With onConflict=fail the first conflict undoes"
                            + " everything, and is the answer.")
    @APIResponse(
            responseCode = "200",
            description = "What became of the rows",
            content = @Content(schema = @Schema(implementation = ImportReport.class)))
    @APIResponse(
            responseCode = "202",
            description = "Prefer: respond-async, once the file is here: the job that imports it",
            headers = {
                @Header(name = "Location", schema = @Schema(type = SchemaType.STRING)),
                @Header(name = Prefer.APPLIED, schema = @Schema(type = SchemaType.STRING))
            },
            content = @Content(schema = @Schema(implementation = JobView.class)))
    @APIResponse(responseCode = "409", description = "onConflict=fail: nothing was written")
    public Uni<Response> run(
            @BeanParam ImportParameters parameters,
            @Parameter(hidden = true) @HeaderParam(HttpHeaders.CONTENT_TYPE) @Nullable String contentType,
            @Parameter(
                            description = "respond-async: do not wait, answer with a job",
                            schema = @Schema(type = SchemaType.STRING))
                    @HeaderParam(Prefer.HEADER)
                    List<String> prefer,
            @RequestBody(
                            required = true,
                            content = {
                                @Content(mediaType = "text/csv", schema = @Schema(type = SchemaType.STRING)),
                                @Content(
                                        mediaType = "application/json",
                                        schema = @Schema(implementation = FileUser[].class)),
                                @Content(
                                        mediaType = "application/x-ndjson",
                                        schema = @Schema(implementation = FileUser.class))
                            })
                    InputStream file) {
        ImportService.Order order = parameters.read(contentType);
        request.begin();
        InputStream body = limits.counted(file, ImportFileLimit.PATH);
        return Prefer.asks(prefer, Prefer.RESPOND_ASYNC)
                ? jobs.submit(caller.get(), order, body, watch.lasting()).map(UserImportResource::accepted)
                : imports.run(caller.get(), order, body, watch.lasting())
                        .map(report -> Response.ok(report).build());
    }

    private static Response accepted(JobView job) {
        return Response.accepted(job)
                .header(HttpHeaders.LOCATION, JobResource.BASE + job.id())
                .header(Prefer.APPLIED, Prefer.RESPOND_ASYNC)
                .build();
    }
}
