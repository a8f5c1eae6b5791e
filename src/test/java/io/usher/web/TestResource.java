package io.usher.web;

import io.quarkus.security.Authenticated;
import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.smallrye.mutiny.Uni;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Inject;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** What the tests of the HTTP layer call, in place of a feature. */
@Path("/api/test-web")
@PermitAll
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
public class TestResource {
    static final Logger LOG = Logger.getLogger(TestResource.class);

    @Inject
    Pool pool;

    public static class Query extends QueryParameters {
        @QueryParam("q")
        @Nullable
        String q;

        @Nullable
        String raw() {
            return uri.getRequestUri().getRawQuery();
        }
    }

    public record Inner(
            @NotNull @Size(max = 5) String name, @Nullable Long amount) {}

    public record Body(
            @NotNull @Size(min = 1, max = 10) String text,
            @Nullable Integer number,
            @Nullable Boolean flag,
            @Nullable Instant at,
            @Nullable UUID id,
            @Nullable List<Inner> inners) {}

    public record View(Instant at, @Nullable String absent) {}

    @POST
    @Path("/body")
    @Operation(hidden = true)
    public Uni<Map<String, Object>> body(Body body) {
        return Uni.createFrom().item(Map.of("text", body.text()));
    }

    @GET
    @Path("/view")
    @Operation(hidden = true)
    public Uni<View> view() {
        return Uni.createFrom().item(new View(Instant.parse("2026-11-20T20:15:30Z"), null));
    }

    @GET
    @Path("/tagged")
    @Operation(hidden = true)
    public Response tagged() {
        return Response.ok(Map.of())
                .header("ETag", new VersionTag(1, "x").header())
                .build();
    }

    @GET
    @Path("/echo/{rest: .*}")
    @Operation(hidden = true)
    public Map<String, Object> echo(@PathParam("rest") String rest, @BeanParam Query query) {
        return Map.of("rest", rest, "query", String.valueOf(query.raw()));
    }

    @GET
    @Path("/page")
    @Operation(hidden = true)
    public Map<String, Object> page(@BeanParam Query parameters) {
        QueryReader query = parameters.query();
        PageRequest page = PageRequest.from(query, 20, 100, "createdAt.desc");
        query.done();
        return Map.of("limit", page.limit(), "offset", page.offset());
    }

    @GET
    @Path("/typed/{number}")
    @Operation(hidden = true)
    public int typed(@PathParam("number") int number) {
        return number;
    }

    @GET
    @Path("/logged")
    @Operation(hidden = true)
    public Uni<String> logged() {
        return Uni.createFrom()
                .item("\"done\"")
                .onItem()
                .delayIt()
                .by(Duration.ofMillis(20))
                .chain(text -> pool.query("select pg_sleep(0.02)").execute().replaceWith(text))
                .invoke(() -> LOG.info("in the middle"));
    }

    @GET
    @Path("/authenticated")
    @Authenticated
    @Operation(hidden = true)
    public String authenticated() {
        return "\"in\"";
    }

    @GET
    @Path("/sql")
    @Operation(hidden = true)
    public Uni<String> sql(@BeanParam Query query) {
        return pool.query(query.q).execute().replaceWith("\"done\"");
    }

    @GET
    @Path("/fail/{how}")
    @Operation(hidden = true)
    public Uni<String> fail(@PathParam("how") String how) {
        return Uni.createFrom().failure(() -> failure(how));
    }

    private static Throwable failure(String how) {
        return switch (how) {
            case "unauthorized" -> new UnauthorizedException();
            case "authentication" -> new AuthenticationFailedException();
            case "forbidden" -> new ForbiddenException();
            case "connect" -> new IllegalStateException(new ConnectException("Connection refused: 10.0.0.1"));
            case "teapot" -> new WebApplicationException(418);
            case "overloaded" -> ProblemException.retryAfter(ProblemCode.OVERLOADED, "Busy.", Duration.ofMillis(1500));
            case "error" -> new StackOverflowError();
            default -> new IllegalStateException("secret of the service");
        };
    }
}
