package io.usher.auth;

import com.fasterxml.jackson.databind.JsonNode;
import io.usher.quota.QuotaView;
import io.usher.security.Caller;
import io.usher.user.AdminUserView;
import io.usher.user.UserView;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Who calls: all that a front end asks for when it starts.
 *
 * @param user the same as {@code GET /api/users/{id}} answers
 * @param quotas by resource
 */
@Schema(name = "Me")
record MeView(
        @Schema(anyOf = {AdminUserView.class, UserView.class})
        Object user,

        @Schema(examples = "[\"customer\"]") List<String> roles,
        @Schema(description = "By resource.") Map<String, QuotaView> quotas,
        @Schema(examples = "0") long credits,

        @Schema(description = "The session that makes the request; null where an API key does.") @Nullable
        CallerSession session) {

    /** The session that makes the request. */
    @Schema(name = "CallerSession")
    record CallerSession(UUID id, Instant createdAt, Instant lastActivityAt, Instant expiresAt) {}

    static MeView of(JsonNode user, Map<String, QuotaView> quotas, Caller caller) {
        List<String> roles = StreamSupport.stream(user.path("roles").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        return new MeView(
                user,
                roles,
                quotas,
                user.path("credits").asLong(),
                caller.credential() instanceof Caller.Session session ? session(session) : null);
    }

    private static CallerSession session(Caller.Session session) {
        return new CallerSession(session.id(), session.createdAt(), session.lastActivityAt(), session.expiresAt());
    }
}
