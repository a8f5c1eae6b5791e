package io.usher.web.stream;

import io.smallrye.mutiny.Uni;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a stream is fed from.
 *
 * @param event the events' name
 * @param owner the user whose stream it is
 * @param lastSeen the request's {@code Last-Event-ID}: the state that the client has; null for none
 * @param allowed whether the owner may still listen, asked every two seconds; a failure means that it cannot be told now
 * @param state the present state, asked once a second at most. What it fails with first is the answer to the request
 */
public record EventSource(
        String event,
        UUID owner,
        @Nullable String lastSeen,
        Supplier<Uni<Boolean>> allowed,
        Supplier<Uni<StreamState>> state) {}
