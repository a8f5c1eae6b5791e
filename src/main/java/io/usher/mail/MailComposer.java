package io.usher.mail;

import io.quarkus.mailer.MailTemplate.MailTemplateInstance;
import io.usher.config.UsherConfig;
import io.usher.security.OneTimeTokens.Issued;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Writes the mails. */
@ApplicationScoped
class MailComposer {
    private final String product;
    private final URI resetUrl;
    private final Clock clock;

    MailComposer(MailConfig config, UsherConfig usher, Clock clock) {
        this.product = config.productName();
        this.resetUrl = config.resetUrl().orElseGet(() -> URI.create(usher.publicUrl() + "/reset-password"));
        this.clock = clock;
    }

    /** A mail, ready to send. @param token the secret that it carries; null for a mail that carries none */
    MailTemplateInstance compose(OwedMail mail, @Nullable Issued token) {
        MailTemplateInstance composed =
                switch (mail.kind()) {
                    case VERIFICATION -> verification(Objects.requireNonNull(token));
                    case PASSWORD_RESET -> passwordReset(Objects.requireNonNull(token));
                    case ALREADY_REGISTERED ->
                        MailTemplates.alreadyRegistered(product).subject("You already have an account at " + product);
                    case PASSWORD_CHANGED ->
                        MailTemplates.passwordChanged(product).subject("Your " + product + " password was changed");
                    case EMAIL_CHANGED ->
                        MailTemplates.emailChanged(product).subject("Your " + product + " email address was changed");
                };
        return composed.to(mail.email());
    }

    private MailTemplateInstance verification(Issued token) {
        return MailTemplates.verification(product, token.token(), minutesLeft(token))
                .subject(token.token() + " is your " + product + " code");
    }

    private MailTemplateInstance passwordReset(Issued token) {
        String link = resetUrl + (resetUrl.getQuery() == null ? "?" : "&") + "token=" + token.token();
        return MailTemplates.passwordReset(product, link, minutesLeft(token))
                .subject("Choose a new " + product + " password");
    }

    private long minutesLeft(Issued token) {
        return Math.max(
                1,
                Duration.between(clock.instant(), token.expiresAt())
                        .plusSeconds(30)
                        .toMinutes());
    }
}
