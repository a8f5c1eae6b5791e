package io.usher.testing;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/**
 * A real mail server (SMTP in, IMAP out) for the tests, started once for the JVM. Its ports stand in system properties, for the reason that
 * {@link RealServers} gives. Read what arrived with {@link Mails}.
 */
public class SmtpServer implements QuarkusTestResourceLifecycleManager {
    private static final String SMTP_PORT = "io.usher.testing.smtp-port";
    private static final String IMAP_PORT = "io.usher.testing.imap-port";
    private static final String HOST = "127.0.0.1";

    @Override
    public Map<String, String> start() {
        synchronized (System.getProperties()) {
            if (System.getProperty(SMTP_PORT) == null) {
                startServer();
            }
        }
        return settings();
    }

    /** The server outlives the application: it ends with the JVM. */
    @Override
    public void stop() {}

    /** What an application needs to be told to use it; also good as {@code -D} of another process. */
    public static Map<String, String> settings() {
        return Map.of(
                "quarkus.mailer.mock",
                "false",
                "quarkus.mailer.host",
                HOST,
                "quarkus.mailer.port",
                System.getProperty(SMTP_PORT),
                "quarkus.mailer.start-tls",
                "DISABLED");
    }

    static int imapPort() {
        return Integer.getInteger(IMAP_PORT);
    }

    private static void startServer() {
        int smtp = RealServers.freePort();
        int imap = RealServers.freePort();
        GreenMail server = new GreenMail(new ServerSetup[] {
            new ServerSetup(smtp, HOST, ServerSetup.PROTOCOL_SMTP),
            new ServerSetup(imap, HOST, ServerSetup.PROTOCOL_IMAP)
        });
        server.start();
        System.setProperty(SMTP_PORT, Integer.toString(smtp));
        System.setProperty(IMAP_PORT, Integer.toString(imap));
        Runtime.getRuntime().addShutdownHook(new Thread(server::stop, "stop-mail-server"));
    }
}
