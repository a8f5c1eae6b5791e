package io.usher.mail;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** What mails say and when they go out. The mail server and the sender are Quarkus's own {@code quarkus.mailer.*}. */
@ConfigMapping(prefix = "usher.mail")
public interface MailConfig {
    /** The name that mails are signed with. */
    @WithDefault("Usher")
    String productName();

    /**
     * The page of the application that takes a new password; the reset token is appended as the query parameter {@code token}. By default
     * {@code <usher.public-url>/reset-password}. Must be https outside of local, dev and test mode, as the link carries a secret.
     */
    Optional<URI> resetUrl();

    /** How often the outbox is looked at for mails that nobody announced: those of other replicas, and those to be tried again. */
    @WithDefault("2s")
    String pollInterval();

    /** How long one mail may take to be handed to the mail server, 1 to 50 seconds: after a minute another replica may take it over. */
    @WithDefault("PT30S")
    Duration sendTimeout();

    /** For how long a mail that cannot be sent is tried again, ever less often, before it is given up. */
    @WithDefault("P1D")
    Duration giveUpAfter();
}
