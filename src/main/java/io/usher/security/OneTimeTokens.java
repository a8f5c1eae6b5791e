package io.usher.security;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Map;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Set-up tokens, reset tokens and verification codes: stored as SHA-256, single use, expiring, one of each purpose per user. */
@ApplicationScoped
public class OneTimeTokens {
    /** What a token is good for. */
    public enum Purpose {
        /** First login of an invited user: 256 bit, 7 days. */
        SETUP,
        /** Forgotten password: 256 bit, 1 hour. */
        RESET,
        /** Proof of an email address: 6 digits, 10 minutes, 5 tries. */
        VERIFY
    }

    /** A token as it goes out, once. */
    public record Issued(UUID userId, String token, Instant expiresAt) {}

    /** Makes a token in place of the user's last one of that purpose; joins the caller's transaction. */
    public Uni<Issued> issue(UUID userId, Purpose purpose) {
        throw new UnsupportedOperationException();
    }

    /** As {@link #issue} for a set of users, in one statement. */
    public Uni<Map<UUID, Issued>> issueAll(List<UUID> userIds, Purpose purpose) {
        throw new UnsupportedOperationException();
    }

    /** Whether the token is the user's live one; uses nothing up. Not for VERIFY. */
    public Uni<Boolean> isLive(UUID userId, Purpose purpose, String token) {
        throw new UnsupportedOperationException();
    }

    /** Uses the user's token up: true for exactly one caller. A wrong code counts as a try, so commit also when it answers false. */
    public Uni<Boolean> use(UUID userId, Purpose purpose, String token) {
        throw new UnsupportedOperationException();
    }

    /** Uses a RESET token up, found by the token alone; the user it was for, or null. */
    public Uni<@Nullable UUID> useReset(String token) {
        throw new UnsupportedOperationException();
    }

    /** Takes back every live token of the user. */
    public Uni<Void> revokeAll(UUID userId) {
        throw new UnsupportedOperationException();
    }
}
