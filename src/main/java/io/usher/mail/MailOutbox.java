package io.usher.mail;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;

/** Mails owed: noted in the caller's transaction, sent after it by a worker, which makes the code or token at that moment. */
@ApplicationScoped
public class MailOutbox {
    /** What a mail says. */
    public enum Kind {
        /** A code that proves the address. */
        VERIFICATION,
        /** To the owner of an address that somebody tried to register again. */
        ALREADY_REGISTERED,
        /** A link with a reset token; nothing is sent where the address has no account. */
        PASSWORD_RESET,
        /** The password was changed. */
        PASSWORD_CHANGED,
        /** To the old address: it was replaced. */
        EMAIL_CHANGED
    }

    /** Notes a mail to an address, in the caller's transaction. */
    public Uni<Void> add(Kind kind, String email) {
        throw new UnsupportedOperationException();
    }
}
