package io.usher.stats;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.usher.security.Caller;
import io.usher.security.CallerWatch;
import io.usher.security.CurrentCaller;
import io.usher.security.Scope;
import io.usher.web.stream.EventSource;
import io.usher.web.stream.EventStreams;
import jakarta.annotation.security.RolesAllowed;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** An admin's users in numbers. The media types stand at the methods, as that of a stream must not ({@link EventStreams#open}). */
@Cancellable(false)
@Path("/api/admin/stats")
@RolesAllowed(Caller.ADMIN)
@Tag(name = "Statistics", description = "An admin's users in numbers")
class StatsResource {
    private final CurrentCaller caller;
    private final CallerWatch watch;
    private final EventStreams streams;
    private final StatsService statistics;
    private final StatsFeed feed;

    @Inject
    StatsResource(
            CurrentCaller caller, CallerWatch watch, EventStreams streams, StatsService statistics, StatsFeed feed) {
        this.caller = caller;
        this.watch = watch;
        this.streams = streams;
        this.statistics = statistics;
        this.feed = feed;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "getStatistics",
            summary = "Sums up the users in your scope",
            description =
                    "Users, credits and quotas are those of users that are not deleted. Days, weeks (from Monday) and months are those of UTC."
                            + " All numbers are of one moment.")
    @APIResponse(responseCode = "200", description = "The numbers of now")
    public Uni<Statistics> present() {
        return statistics.present(Scope.of(caller.get()));
    }

    @GET
    @Path("/stream")
    @Operation(
            operationId = "streamStatistics",
            summary = "Streams the statistics as they change",
            description =
                    "Server-sent events: `event: statistics`, with the numbers of GET /api/admin/stats as `data`, at once and whenever they have"
                            + " changed, once a second at most. An `id` names the numbers: who sends the last one it has seen as `Last-Event-ID` is"
                            + " only told what is new. Comments come where nothing has changed. The stream ends with the access token, with"
                            + " the session or key, and when the caller's roles change; then a new request says why. The token is sent"
                            + " in a header, as everywhere, so browsers use `fetch`.")
    @APIResponse(
            responseCode = "200",
            description = "Events, until either side ends them",
            content =
                    @Content(
                            mediaType = EventStreams.MEDIA_TYPE,
                            schema =
                                    @Schema(
                                            type = SchemaType.STRING,
                                            examples =
                                                    "id: 9f86d081884c7d65\nevent: statistics\ndata: {\"users\": {\"total\": 120}}\n\n")))
    public Multi<byte[]> stream(
            @HeaderParam("Last-Event-ID")
                    @Parameter(
                            description = "The id of the last event that you have seen",
                            schema = @Schema(maxLength = 64))
                    @Nullable
                    String lastEventId) {
        Caller present = caller.get();
        Scope scope = Scope.of(present);
        return streams.open(new EventSource(
                "statistics", present.userId(), lastEventId, watch.present(), () -> feed.present(scope)));
    }

    @GET
    @Path("/signups")
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "getSignups",
            summary = "Counts the users in your scope that were created in a year, by month",
            description = "By their creation, in UTC; deleted users are not counted.")
    @APIResponse(responseCode = "200", description = "The signups")
    public Uni<Signups> signups(@BeanParam SignupParameters parameters) {
        return statistics.signups(caller.get(), parameters.year(statistics.presentYear()));
    }
}
