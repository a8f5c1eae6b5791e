package io.usher.security;

import io.usher.security.Caller.Session;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/** A live session and the roles of its user, also in the form in which it is cached: {@code created|active|expires|role,role}. */
record SessionState(Session session, Set<String> roles) {
    String encode() {
        return session.createdAt().toEpochMilli() + "|"
                + session.lastActivityAt().toEpochMilli() + "|"
                + session.expiresAt().toEpochMilli() + "|" + String.join(",", roles);
    }

    static SessionState decode(UUID sessionId, String text) {
        String[] parts = text.split("\\|", 4);
        Session session = new Session(sessionId, time(parts[0]), time(parts[1]), time(parts[2]));
        return new SessionState(session, Set.of(parts[3].split(",")));
    }

    private static Instant time(String epochMillis) {
        return Instant.ofEpochMilli(Long.parseLong(epochMillis));
    }
}
