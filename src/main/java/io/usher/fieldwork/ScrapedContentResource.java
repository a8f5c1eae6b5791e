package io.usher.fieldwork;

import io.quarkus.security.Authenticated;
import io.quarkus.vertx.http.Uncompressed;
import io.smallrye.mutiny.Uni;
import io.usher.security.CurrentCaller;
import io.usher.web.Page;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.server.Cancellable;

/** What scrapers find for a user. */
@Cancellable(false)
@Path("/api/users/{userId}/scraped-content")
@Authenticated
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Field work")
class ScrapedContentResource {
    private final CurrentCaller caller;
    private final ScrapedContentService contents;

    @Inject
    ScrapedContentResource(CurrentCaller caller, ScrapedContentService contents) {
        this.caller = caller;
        this.contents = contents;
    }

    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Operation(
            operationId = "postScrapedContent",
            summary = "Stores what was found, if it is not what was found before",
            description =
                    "Before is the newest of the same contentType and sourceUrl, and the same is what has the same"
                            + " checksum. Without a checksum of its own a content with a whole number that a double does not carry is"
                            + " refused, since RFC 8785 would round it.")
    @APIResponse(
            responseCode = "201",
            description = "It is new, or different",
            content = @Content(schema = @Schema(implementation = PostedContent.class)))
    @APIResponse(
            responseCode = "200",
            description = "Nothing has changed: the row that there is",
            content = @Content(schema = @Schema(implementation = PostedContent.class)))
    public Uni<Response> post(@PathParam("userId") String userId, PostScrapedContent body) {
        return contents.post(caller.get(), userId, body)
                .map(posted -> Response.status(posted.changed() ? Response.Status.CREATED : Response.Status.OK)
                        .entity(posted)
                        .build());
    }

    @GET
    @Uncompressed
    @Operation(
            operationId = "listScrapedContent",
            summary = "Lists what was found, newest first",
            description = "A page has fewer rows than its limit where they are large (8 MiB): go on at nextCursor.")
    @APIResponse(responseCode = "200", description = "A page of contents")
    public Uni<Page<ScrapedContentView>> list(
            @PathParam("userId") String userId, @BeanParam ScrapedContentListParameters parameters) {
        return contents.list(caller.get(), userId, parameters.filter());
    }
}
