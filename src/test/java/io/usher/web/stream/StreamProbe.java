package io.usher.web.stream;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.usher.security.CallerWatch;
import io.usher.security.CurrentCaller;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** A resource for the tests: streams whatever they say. */
@Path("/api/test-streams")
@Authenticated
class StreamProbe {
    static final Map<String, Supplier<Uni<StreamState>>> STATES = new ConcurrentHashMap<>();

    @Inject
    CurrentCaller caller;

    @Inject
    CallerWatch watch;

    @Inject
    EventStreams streams;

    @GET
    @Path("/{name}")
    @Operation(hidden = true)
    public Multi<byte[]> stream(
            @PathParam("name") String name, @HeaderParam("Last-Event-ID") @Nullable String lastSeen) {
        return streams.open(
                new EventSource("probe", caller.get().userId(), lastSeen, watch.present(), () -> STATES.get(name)
                        .get()));
    }
}
