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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Stands between the application and PostgreSQL, and writes down each statement that is executed, as it comes over the wire: {@code begin} and
 * {@code commit} as well, whatever the driver keeps prepared.
 */
public class StatementTap implements QuarkusTestResourceLifecycleManager {
    /** In the system's properties: the application's class loader has statics of its own. */
    private static final String SEEN = "testing.usher.statements";

    private static final int WORD = 4;

    @Override
    public int order() {
        return 1; // Its address takes the place of the real one.
    }

    @Override
    public Map<String, String> start() {
        RealServers.ensureStarted();
        System.getProperties().put(SEEN, new ConcurrentLinkedQueue<String>());
        try {
            ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            daemon(() -> accept(server));
            return Map.of(
                    "quarkus.datasource.reactive.url",
                    "postgresql://127.0.0.1:" + server.getLocalPort() + "/postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Connections outlive the application by as long as it takes to close them. */
    @Override
    public void stop() {}

    /** What was executed since this was asked last. */
    public static List<String> drain() {
        Queue<String> seen = seen();
        List<String> statements = List.copyOf(seen);
        seen.clear();
        return statements;
    }

    @SuppressWarnings("unchecked")
    private static Queue<String> seen() {
        return (Queue<String>) System.getProperties().get(SEEN);
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
                    forward(new DataInputStream(client.getInputStream()), new DataOutputStream(postgres.getOutputStream()));
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
                case 'Q' -> seen().add(texts[0]);
                case 'P' -> prepared.put(texts[0], texts[1]);
                case 'B' -> portals.put(texts[0], prepared.getOrDefault(texts[1], "?"));
                case 'E' -> seen().add(portals.getOrDefault(texts[0], "?"));
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
