package io.usher.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Stands between the application and PostgreSQL, and writes down each statement that is executed, as it comes over the wire: {@code begin} and
 * {@code commit} as well, whatever the driver keeps prepared.
 */
public class StatementTap implements QuarkusTestResourceLifecycleManager {
    /** Names the file that they are written to: whoever asks for them may have another class loader, and so other statics. */
    private static final String FILE = "testing.usher.statements";

    private static final String END = "\0";

    private static final int WORD = 4;

    @Override
    public int order() {
        return 1; // Its address takes the place of the real one.
    }

    @Override
    public Map<String, String> start() {
        RealServers.ensureStarted();
        try {
            Path file = Files.createTempFile("usher-statements", ".txt");
            file.toFile().deleteOnExit();
            System.setProperty(FILE, file.toString());
            ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            daemon(() -> accept(server));
            return Map.of(
                    "quarkus.datasource.reactive.url", "postgresql://127.0.0.1:" + server.getLocalPort() + "/postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connections outlive the application by as long as it takes to close them. */
    @Override
    public void stop() {}

    /** What was executed since this was asked last. */
    public static List<String> drain() {
        try {
            String statements = Files.readString(file());
            Files.writeString(file(), "");
            return statements.isEmpty() ? List.of() : List.of(statements.split(END));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Written before PostgreSQL gets to see it, and so before anybody is answered. */
    private static synchronized void note(String statement) throws IOException {
        Files.writeString(file(), statement + END, StandardOpenOption.APPEND);
    }

    private static Path file() {
        return Path.of(System.getProperty(FILE));
    }

    private static void accept(ServerSocket server) throws IOException {
        int port = URI.create(RealServers.jdbcUrl().substring("jdbc:".length())).getPort();
        while (true) {
            Socket client = server.accept();
            Socket postgres = new Socket(InetAddress.getLoopbackAddress(), port);
            client.setTcpNoDelay(true);
            postgres.setTcpNoDelay(true);
            daemon(() -> {
                try (client) {
                    postgres.getInputStream().transferTo(client.getOutputStream());
                }
            });
            daemon(() -> {
                try (postgres) {
                    forward(
                            new DataInputStream(client.getInputStream()),
                            new DataOutputStream(postgres.getOutputStream()));
                }
            });
        }
    }

    /** The frontend's messages, one by one; the first one alone has no type. */
    private static void forward(DataInputStream client, DataOutputStream postgres) throws IOException {
        Map<String, String> prepared = new HashMap<>();
        Map<String, String> portals = new HashMap<>();
        int first = client.readInt();
        postgres.writeInt(first);
        postgres.write(client.readNBytes(first - WORD));
        for (int type = client.read(); type >= 0; type = client.read()) {
            byte[] content = client.readNBytes(client.readInt() - WORD);
            String[] texts = new String(content, StandardCharsets.UTF_8).split("\0", 3);
            switch (type) {
                case 'Q' -> note(texts[0]);
                case 'P' -> prepared.put(texts[0], texts[1]);
                case 'B' -> portals.put(texts[0], prepared.getOrDefault(texts[1], "?"));
                case 'E' -> note(portals.getOrDefault(texts[0], "?"));
                default -> {}
            }
            postgres.write(type);
            postgres.writeInt(content.length + WORD);
            postgres.write(content);
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void daemon(Work work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (IOException closed) {
                        // One side has gone, and the other one with it.
                    }
                },
                "statement-tap");
        thread.setDaemon(true);
        thread.start();
    }
}
