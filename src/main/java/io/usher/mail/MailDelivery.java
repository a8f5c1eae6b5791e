package io.usher.mail;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.usher.security.OneTimeTokens;
import io.usher.security.OneTimeTokens.Issued;
import io.usher.security.OneTimeTokens.Purpose;
import io.usher.web.Text;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * Sends what is due. At least once: a crash between sending and deleting sends a mail again, and its new code replaces the first. Logs name
 * rows by id, never by address.
 */
@ApplicationScoped
class MailDelivery {
    private static final Logger LOG = Logger.getLogger(MailDelivery.class);
    private static final int BATCH = 20;
    private static final int AT_ONCE = 5;

    private final OutboxRepository outbox;
    private final OneTimeTokens tokens;
    private final MailComposer composer;
    private final MailConfig config;
    private final Clock clock;

    MailDelivery(OutboxRepository outbox, OneTimeTokens tokens, MailComposer composer, MailConfig config, Clock clock) {
        this.outbox = outbox;
        this.tokens = tokens;
        this.composer = composer;
        this.config = config;
        this.clock = clock;
    }

    /** Takes on a batch, and sends it; answers how many rows it took. */
    Uni<Integer> deliverBatch() {
        return outbox.claim(clock.instant(), BATCH).call(this::deliver).map(List::size);
    }

    private Uni<Void> deliver(List<OwedMail> claimed) {
        Set<String> seen = new HashSet<>();
        List<OwedMail> wanted =
                claimed.stream().filter(mail -> mail.isWanted() && seen.add(mail.what())).toList();
        List<UUID> dropped = claimed.stream().filter(mail -> !wanted.contains(mail)).map(OwedMail::id).toList();
        return outbox.delete(dropped)
                .chain(() -> issue(wanted, MailOutbox.Kind.VERIFICATION, Purpose.VERIFY))
                .chain(codes -> issue(wanted, MailOutbox.Kind.PASSWORD_RESET, Purpose.RESET).map(resets -> merged(codes, resets)))
                .chain(issued -> sendAll(wanted, issued));
    }

    private Uni<Map<String, Issued>> issue(List<OwedMail> mails, MailOutbox.Kind kind, Purpose purpose) {
        List<UUID> users = mails.stream()
                .filter(mail -> mail.kind() == kind)
                .map(mail -> Objects.requireNonNull(mail.userId()))
                .toList();
        if (users.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return tokens.issueAll(users, purpose).map(issued -> {
            Map<String, Issued> byWhat = new HashMap<>();
            mails.stream()
                    .filter(mail -> mail.kind() == kind)
                    .forEach(mail -> byWhat.put(mail.what(), Objects.requireNonNull(issued.get(mail.userId()))));
            return byWhat;
        });
    }

    private static Map<String, Issued> merged(Map<String, Issued> one, Map<String, Issued> other) {
        Map<String, Issued> all = new HashMap<>(one);
        all.putAll(other);
        return all;
    }

    private Uni<Void> sendAll(List<OwedMail> mails, Map<String, Issued> issued) {
        return Multi.createFrom()
                .iterable(mails)
                .onItem()
                .transformToUni(mail -> send(mail, issued))
                .merge(AT_ONCE)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> send(OwedMail mail, Map<String, Issued> issued) {
        return Uni.createFrom()
                .deferred(() -> composer.compose(mail, issued.get(mail.what())).send())
                .ifNoItem()
                .after(config.sendTimeout())
                .fail()
                .chain(() -> outbox.delete(List.of(mail.id())))
                .onFailure()
                .recoverWithUni(failure -> failed(mail, failure));
    }

    private Uni<Void> failed(OwedMail mail, Throwable failure) {
        String kind = failure.getClass().getSimpleName();
        if (mail.nextAttemptAt().isAfter(mail.createdAt().plus(config.giveUpAfter()))) {
            LOG.errorf("Mail %s (%s) was given up after %s: %s", mail.id(), mail.kind(), config.giveUpAfter(), kind);
            return outbox.delete(List.of(mail.id()));
        }
        LOG.warnf("Mail %s (%s) could not be sent, and is tried again at %s: %s", mail.id(), mail.kind(), mail.nextAttemptAt(), kind);
        return outbox.noteError(mail.id(), Text.printable(kind + ": " + failure.getMessage(), 500));
    }
}
