package io.usher.audit;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who did it, and from where.
 *
 * @param actorId the user, or the owner of the key; null where nobody signed in, or the service did it by itself
 * @param keyId the API key; null unless one was used
 * @param ip null where there was no request
 */
public record AuditOrigin(
        Kind kind,
        @Nullable UUID actorId,
        @Nullable UUID keyId,
        @Nullable String ip,
        @Nullable String userAgent,
        @Nullable String requestId) {

    /** The service itself: at its start, or in a job. */
    public static final AuditOrigin SYSTEM = new AuditOrigin(Kind.SYSTEM, null, null, null, null, null);

    /** What sort of actor. */
    public enum Kind {
        USER,
        KEY,
        SYSTEM;

        /** As it stands in JSON and in the database. */
        @JsonValue
        public String value() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String value) {
            return valueOf(value.toUpperCase(Locale.ROOT));
        }
    }

    /** The same, done by this user: for requests without a credential that prove who makes them by a code or a token. */
    public AuditOrigin by(UUID userId) {
        return new AuditOrigin(Kind.USER, userId, null, ip, userAgent, requestId);
    }

    /** Without the address: records end up in logs. */
    @Override
    public String toString() {
        return "AuditOrigin[" + kind + " " + actorId + "]";
    }
}
