package io.usher.web;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a request that may be sent twice.
 *
 * @param body JSON
 * @param location where what was made can be read; null for none
 * @param replayed whether it was given before, and nothing was done now
 */
public record RecordedAnswer(
        int status, String body, @Nullable String location, boolean replayed) {
    /** As it goes out; nothing but a header tells a replay from the first time. */
    public Response toResponse() {
        Response.ResponseBuilder response =
                Response.status(status).type(MediaType.APPLICATION_JSON_TYPE).entity(body);
        if (location != null) {
            response.location(URI.create(location));
        }
        if (replayed) {
            response.header(IdempotencyKey.REPLAYED, "true");
        }
        return response.build();
    }
}
