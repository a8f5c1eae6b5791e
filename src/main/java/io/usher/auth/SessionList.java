package io.usher.auth;

import io.usher.security.SessionService.LiveSession;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A user's live sessions, newest activity first. */
@Schema(name = "OwnSessions")
record SessionList(List<Item> items) {
    /** One of them. @param current whether it makes the request */
    @Schema(name = "OwnSession")
    record Item(
            UUID id,
            Instant createdAt,
            Instant lastActivityAt,
            Instant expiresAt,
            @Schema(examples = "203.0.113.7") @Nullable String ip,
            @Schema(examples = "curl/8.5.0") @Nullable String userAgent,
            boolean current) {}

    static SessionList of(List<LiveSession> live, UUID current) {
        return new SessionList(live.stream()
                .map(s -> new Item(
                        s.id(),
                        s.createdAt(),
                        s.lastActivityAt(),
                        s.expiresAt(),
                        s.ip(),
                        s.userAgent(),
                        s.id().equals(current)))
                .toList());
    }
}
