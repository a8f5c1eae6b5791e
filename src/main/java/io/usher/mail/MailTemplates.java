package io.usher.mail;

import io.quarkus.mailer.MailTemplate.MailTemplateInstance;
import io.quarkus.qute.CheckedTemplate;

/** The mails, each as text and as HTML. What somebody else may have typed (a name, a user agent) is never in one. */
@CheckedTemplate(basePath = "mail", defaultName = CheckedTemplate.HYPHENATED_ELEMENT_NAME)
final class MailTemplates {
    private MailTemplates() {}

    static native MailTemplateInstance verification(String product, String code, long minutes);

    static native MailTemplateInstance alreadyRegistered(String product);

    static native MailTemplateInstance passwordReset(String product, String link, long minutes);

    static native MailTemplateInstance passwordChanged(String product);

    static native MailTemplateInstance emailChanged(String product);
}
