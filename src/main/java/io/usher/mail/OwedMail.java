package io.usher.mail;

import java.time.Instant;
import java.util.UUID;

/**
 * A row of the outbox that this process has taken on.
 *
 * @param nextAttemptAt when the next attempt is due, should this one fail
 */
record OwedMail(UUID id, MailOutbox.Kind kind, String email, Instant createdAt, Instant nextAttemptAt) {
    /** What makes two rows of one batch the same mail. */
    String what() {
        return kind + " " + email;
    }

    /** Without the address: records end up in logs. */
    @Override
    public String toString() {
        return "OwedMail[id=" + id + ", kind=" + kind + "]";
    }
}
