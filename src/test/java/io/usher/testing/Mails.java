package io.usher.testing;

import jakarta.mail.BodyPart;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The mails that arrived at {@link SmtpServer}, read as their owner would read them. */
public final class Mails {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Pattern CODE = Pattern.compile("\\b([0-9]{6})\\b");
    private static final Pattern TOKEN = Pattern.compile("[?&]token=([A-Za-z0-9_-]+)");

    private Mails() {}

    /** One mail. */
    public record Mail(String from, String subject, String text, String html) {
        /** The six digits that it brings. */
        public String code() {
            return find(CODE, text);
        }

        /** The token of the link that it brings. */
        public String token() {
            return find(TOKEN, text);
        }
    }

    /** The first mail to this address, once it is there. */
    public static Mail first(String email) {
        return await(email, 1).get(0);
    }

    /** The mails to this address, once there are so many; in the order of their arrival. */
    public static List<Mail> await(String email, int count) {
        return Awaitility.await("mail " + count + " to " + email)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> to(email), mails -> mails.size() >= count);
    }

    /** The mails to this address that are there by now. */
    public static List<Mail> to(String email) {
        Properties properties = new Properties();
        properties.setProperty("mail.store.protocol", "imap");
        try (Store store = Session.getInstance(properties).getStore("imap")) {
            store.connect("127.0.0.1", SmtpServer.imapPort(), email, email);
            return inbox(store);
        } catch (jakarta.mail.AuthenticationFailedException e) {
            return List.of();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Mail> inbox(Store store) throws MessagingException {
        List<Mail> mails = new ArrayList<>();
        try (Folder folder = store.getFolder("INBOX")) {
            folder.open(Folder.READ_ONLY);
            for (Message message : folder.getMessages()) {
                mails.add(new Mail(
                        message.getFrom()[0].toString(),
                        message.getSubject(),
                        part(message, "text/plain"),
                        part(message, "text/html")));
            }
        }
        return mails;
    }

    private static String part(Part part, String type) throws MessagingException {
        try {
            if (part.isMimeType(type)) {
                return (String) part.getContent();
            }
            StringBuilder found = new StringBuilder();
            if (part.getContent() instanceof MimeMultipart parts) {
                for (int i = 0; i < parts.getCount(); i++) {
                    BodyPart inner = parts.getBodyPart(i);
                    found.append(part(inner, type));
                }
            }
            return found.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError("There is no " + pattern + " in: " + text);
        }
        return matcher.group(1);
    }
}
