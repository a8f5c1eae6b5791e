package io.usher.mail;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.eventbus.EventBus;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Locale;

/** Mails owed: noted in the caller's transaction, sent after it by a worker, which makes the code or token at that moment. */
@ApplicationScoped
public class MailOutbox {
    static final String DUE = "usher.mail.due";

    private static final String INSERT =
            "insert into mail_outbox (kind, email, created_at, next_attempt_at) values (:kind, :email, :now, :now)";

    /** What a mail says. */
    public enum Kind {
        /** A code that proves the address; nothing is sent where it needs no proof. */
        VERIFICATION,
        /** To the owner of an address that somebody tried to register again. */
        ALREADY_REGISTERED,
        /** A link with a reset token; nothing is sent where the address has no active account. */
        PASSWORD_RESET,
        /** The password was changed. */
        PASSWORD_CHANGED,
        /** To the old address: it was replaced. */
        EMAIL_CHANGED;

        /** As it stands in the table. */
        String column() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind ofColumn(String column) {
            return valueOf(column.toUpperCase(Locale.ROOT));
        }
    }

    private final Clock clock;
    private final EventBus events;

    MailOutbox(Clock clock, EventBus events) {
        this.clock = clock;
        this.events = events;
    }

    /** Notes a mail to an address, in the caller's transaction, or in one of its own where there is none. */
    @WithTransaction
    public Uni<Void> add(Kind kind, String email) {
        return Panache.getSession()
                .chain(session -> session.createNativeQuery(INSERT)
                        .setParameter("kind", kind.column())
                        .setParameter("email", email)
                        .setParameter("now", clock.instant())
                        .executeUpdate())
                .replaceWithVoid();
    }

    /** To be called once the transaction has committed: the mail goes out now, and not only when the worker next looks for itself. */
    public void wake() {
        events.publish(DUE, "");
    }
}
