package io.usher.mail;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of the outbox that this process has taken on.
 *
 * @param userId whose code or token the mail carries; null where the mail carries none, or there is nobody to send it to
 */
record OwedMail(UUID id, MailOutbox.Kind kind, String email, Instant createdAt, Instant nextAttemptAt, @Nullable UUID userId) {
    /** Whether the mail is to carry a secret, and so goes only to an address that has a use for it. */
    boolean carriesSecret() {
        return kind == MailOutbox.Kind.VERIFICATION || kind == MailOutbox.Kind.PASSWORD_RESET;
    }

    /** Whether there is anybody to send it to. */
    boolean isWanted() {
        return userId != null || !carriesSecret();
    }

    /** What makes two rows of one batch the same mail. */
    String what() {
        return kind + " " + email;
    }
}
