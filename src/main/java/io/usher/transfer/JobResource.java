package io.usher.transfer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.security.Caller;
import io.usher.security.CallerWatch;
import io.usher.security.CurrentCaller;
import io.usher.web.stream.EventSource;
import io.usher.web.stream.EventStreams;
import io.usher.web.stream.StreamState;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Jobs that their owners, and super admins, look at. The media type stands at the method, as that of a stream must not ({@link EventStreams#open}). */
@Cancellable(false)
@Path(JobResource.BASE + "{id}")
@RolesAllowed(Caller.ADMIN)
@Tag(name = "Admin: moving data", description = "Files of users")
class JobResource {
    static final String BASE = "/api/admin/jobs/";

    private final CurrentCaller caller;
    private final JobService jobs;
    private final EventStreams streams;
    private final CallerWatch watch;
    private final ObjectMapper json;

    @Inject
    JobResource(CurrentCaller caller, JobService jobs, EventStreams streams, CallerWatch watch, ObjectMapper json) {
        this.caller = caller;
        this.jobs = jobs;
        this.streams = streams;
        this.watch = watch;
        this.json = json;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "getJob", summary = "Shows a job of yours, or, to super admins, anybody's")
    @APIResponse(responseCode = "200", description = "The job")
    public Uni<JobView> get(@PathParam("id") String id) {
        return jobs.find(caller.get(), id(id));
    }

    @GET
    @Path("/events")
    @Operation(
            operationId = "streamJob",
            summary = "Streams the progress of a job",
            description =
                    "Server-sent events: `event: job`, with the job of GET as `data`, at once and whenever it has changed, once a second at most."
                            + " The stream ends when the job has ended, and as that of the statistics does.")
    @APIResponse(
            responseCode = "200",
            description = "Events, until the job has ended",
            content = @Content(mediaType = EventStreams.MEDIA_TYPE, schema = @Schema(type = SchemaType.STRING)))
    public Multi<byte[]> events(
            @PathParam("id") String id,
            @HeaderParam("Last-Event-ID")
                    @Parameter(
                            description = "The id of the last event that you have seen",
                            schema = @Schema(maxLength = 64))
                    @Nullable
                    String lastSeen) {
        Caller who = caller.get();
        UUID job = id(id);
        return streams.open(new EventSource("job", who.userId(), lastSeen, watch.present(), () -> jobs.find(who, job)
                .map(this::state)));
    }

    private StreamState state(JobView job) {
        try {
            String text = json.writeValueAsString(job);
            return job.finishedAt() == null ? StreamState.of(text) : StreamState.last(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A job is a record of JSON values", e);
        }
    }

    /** What is no id is no job. */
    private static UUID id(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.of(ProblemCode.NOT_FOUND);
        }
    }
}
