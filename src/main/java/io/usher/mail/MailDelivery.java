package io.usher.mail;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.usher.mail.MailOutbox.Kind;
import io.usher.security.OneTimeTokens.Issued;
import io.usher.web.Text;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends what is due. At least once: a crash between sending and deleting sends a mail again, and its new code replaces the first. Logs name
 * rows by id, never by address.
 */
@ApplicationScoped
class MailDelivery {
    private static final Logger LOG = Logger.getLogger(MailDelivery.class);

    /** All of a batch are sent at once, so that it is over within {@code send-timeout}, before another replica may take it. */
    private static final int BATCH = 8;

    private final OutboxRepository outbox;
    private final MailSecrets secrets;
    private final MailComposer composer;
    private final MailConfig config;
    private final MailMetrics metrics;
    private final Clock clock;

    MailDelivery(
            OutboxRepository outbox,
            MailSecrets secrets,
            MailComposer composer,
            MailConfig config,
            MailMetrics metrics,
            Clock clock) {
        this.outbox = outbox;
        this.secrets = secrets;
        this.composer = composer;
        this.config = config;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Takes on a batch, and sends it; answers how many rows it took. */
    Uni<Integer> deliverBatch() {
        return outbox.claim(clock.instant(), BATCH).call(this::deliver).map(List::size);
    }

    private Uni<Void> deliver(List<OwedMail> claimed) {
        return secrets.codes(emails(claimed, Kind.VERIFICATION))
                .chain(codes -> secrets.resetTokens(emails(claimed, Kind.PASSWORD_RESET))
                        .map(resets -> Map.of(Kind.VERIFICATION, codes, Kind.PASSWORD_RESET, resets)))
                .chain(issued -> deliver(claimed, issued));
    }

    private Uni<Void> deliver(List<OwedMail> claimed, Map<Kind, Map<String, Issued>> issued) {
        Set<String> seen = new HashSet<>();
        List<OwedMail> wanted = new ArrayList<>();
        List<UUID> unwanted = new ArrayList<>();
        for (OwedMail mail : claimed) {
            if (isWanted(mail, issued) && seen.add(mail.what())) {
                wanted.add(mail);
            } else {
                unwanted.add(mail.id());
            }
        }
        return outbox.delete(unwanted).chain(() -> sendAll(wanted, issued));
    }

    private static List<String> emails(List<OwedMail> mails, Kind kind) {
        return mails.stream()
                .filter(mail -> mail.kind() == kind)
                .map(OwedMail::email)
                .distinct()
                .toList();
    }

    /** A mail that is to carry a secret goes only to an address that has a use for it. */
    private static boolean isWanted(OwedMail mail, Map<Kind, Map<String, Issued>> issued) {
        Map<String, Issued> secrets = issued.get(mail.kind());
        return secrets == null || secrets.containsKey(mail.email());
    }

    private static @Nullable Issued secretOf(OwedMail mail, Map<Kind, Map<String, Issued>> issued) {
        Map<String, Issued> secrets = issued.get(mail.kind());
        return secrets == null ? null : secrets.get(mail.email());
    }

    private Uni<Void> sendAll(List<OwedMail> mails, Map<Kind, Map<String, Issued>> issued) {
        return Multi.createFrom()
                .iterable(mails)
                .onItem()
                .transformToUni(mail -> send(mail, issued))
                .merge(BATCH)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> send(OwedMail mail, Map<Kind, Map<String, Issued>> issued) {
        return Uni.createFrom()
                .deferred(() -> composer.compose(mail, secretOf(mail, issued)).send())
                .ifNoItem()
                .after(config.sendTimeout())
                .fail()
                .invoke(metrics::sent)
                .chain(() -> outbox.delete(List.of(mail.id())))
                .onFailure()
                .recoverWithUni(failure -> failed(mail, failure));
    }

    private Uni<Void> failed(OwedMail mail, Throwable failure) {
        String kind = failure.getClass().getSimpleName();
        if (mail.nextAttemptAt().isAfter(mail.createdAt().plus(config.giveUpAfter()))) {
            LOG.errorf("Mail %s (%s) was given up after %s: %s", mail.id(), mail.kind(), config.giveUpAfter(), kind);
            metrics.givenUp();
            return outbox.delete(List.of(mail.id()));
        }
        metrics.failed();
        LOG.warnf(
                "Mail %s (%s) could not be sent, and is tried again at %s: %s",
                mail.id(), mail.kind(), mail.nextAttemptAt(), kind);
        return outbox.noteError(mail.id(), Text.printable(kind + ": " + failure.getMessage(), 500));
    }
}
