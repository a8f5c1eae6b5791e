package io.usher.security;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A credential in force and the roles of its user, also in the form in which it is cached:
 * {@code s|id|created|active|expires|role,role} for a session, {@code k|id|expires|scope,scope|role,role} for a key.
 */
record CallerState(Caller.Credential credential, Set<String> roles) {
    private static final String SEPARATOR = "|";

    boolean isLive(Instant now) {
        Instant expires = credential.expiresAt();
        return expires == null || expires.isAfter(now);
    }

    String encode() {
        String text = credential instanceof Caller.Session session ? encode(session) : encode((Caller.Key) credential);
        return text + SEPARATOR + String.join(",", roles);
    }

    private static String encode(Caller.Session session) {
        return String.join(
                SEPARATOR,
                "s",
                session.id().toString(),
                millis(session.createdAt()),
                millis(session.lastActivityAt()),
                millis(session.expiresAt()));
    }

    private static String encode(Caller.Key key) {
        String scopes = key.scopes().stream().map(KeyScope::value).collect(Collectors.joining(","));
        String expires = key.expiresAt() == null ? "" : millis(key.expiresAt());
        return String.join(SEPARATOR, "k", key.id().toString(), expires, scopes);
    }

    static CallerState decode(String text) {
        String[] parts = text.split("\\|", -1);
        UUID id = UUID.fromString(parts[1]);
        Caller.Credential credential = parts[0].equals("s")
                ? new Caller.Session(id, time(parts[2]), time(parts[3]), time(parts[4]))
                : new Caller.Key(id, scopes(parts[3]), timeOrNull(parts[2]));
        return new CallerState(credential, Set.of(parts[parts.length - 1].split(",")));
    }

    private static Set<KeyScope> scopes(String text) {
        return Arrays.stream(text.split(","))
                .map(KeyScope::of)
                .flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String millis(Instant time) {
        return Long.toString(time.toEpochMilli());
    }

    private static Instant time(String epochMillis) {
        return Instant.ofEpochMilli(Long.parseLong(epochMillis));
    }

    private static @Nullable Instant timeOrNull(String epochMillis) {
        return epochMillis.isEmpty() ? null : time(epochMillis);
    }
}
