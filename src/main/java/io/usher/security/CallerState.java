package io.usher.security;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A credential in force, with the name and the roles of its user, also in the form in which it is cached:
 * {@code s|id|created|active|expires|name|role,role} for a session, {@code k|id|expires|scope,scope|name|role,role} for a key. The roles stand
 * last whatever the name has in it, so that a replica of an older release, which knows of no name, reads them, too.
 */
record CallerState(Caller.Credential credential, String signInName, Set<String> roles) {
    private static final String SEPARATOR = "|";
    private static final int OF_SESSION = 5;
    private static final int OF_KEY = 4;

    static CallerState of(Caller.Credential credential, Row row) {
        return new CallerState(credential, row.getString("sign_in_name"), inOrder(row.getArrayOfStrings("roles")));
    }

    private static Set<String> inOrder(String... roles) {
        return Collections.unmodifiableSet(new LinkedHashSet<>(Arrays.asList(roles)));
    }

    boolean isLive(Instant now) {
        Instant expires = credential.expiresAt();
        return expires == null || expires.isAfter(now);
    }

    String encode() {
        String text = credential instanceof Caller.Session session ? encode(session) : encode((Caller.Key) credential);
        return text + SEPARATOR + signInName + SEPARATOR + String.join(",", roles);
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

    /** Null where the text has no name: one of an older release. */
    static @Nullable CallerState decode(String text) {
        boolean session = text.startsWith("s");
        int before = session ? OF_SESSION : OF_KEY;
        String[] parts = text.split("\\|", before + 1);
        int end = parts[before].lastIndexOf(SEPARATOR);
        if (end < 0) {
            return null;
        }
        UUID id = UUID.fromString(parts[1]);
        Caller.Credential credential = session
                ? new Caller.Session(id, time(parts[2]), time(parts[3]), time(parts[4]))
                : new Caller.Key(id, scopes(parts[3]), timeOrNull(parts[2]));
        String roles = parts[before].substring(end + 1);
        return new CallerState(credential, parts[before].substring(0, end), inOrder(roles.split(",")));
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
