package io.usher.testing;

import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import redis.embedded.RedisServer;

/** A real Redis Cluster of three primaries, each with a third of the hash slots. */
public final class RedisCluster implements AutoCloseable {
    private static final String HOST = "127.0.0.1";
    private static final int NODES = 3;
    private static final int SLOTS = 16_384;
    /** A node listens for the others this far above its port. */
    static final int BUS = 10_000;

    private final List<Integer> ports = new ArrayList<>();
    private final List<RedisServer> servers = new ArrayList<>();

    private RedisCluster() {}

    /** Starts the nodes, their files in a folder, and returns when they serve all slots. */
    public static RedisCluster start(Path folder) throws IOException {
        RedisCluster cluster = new RedisCluster();
        for (int node = 0; node < NODES; node++) {
            cluster.startNode(folder, RealServers.freePort());
        }
        for (int node = 0; node < NODES; node++) {
            cluster.join(node);
        }
        await().atMost(Duration.ofSeconds(30)).until(() -> cluster.ports.stream()
                .allMatch(port -> call(port, "CLUSTER INFO").contains("cluster_state:ok")));
        return cluster;
    }

    /** Its nodes, as {@code quarkus.redis.hosts} takes them. */
    public String hosts() {
        return ports.stream().map(port -> "redis://" + HOST + ":" + port).collect(Collectors.joining(","));
    }

    /** How many keys each node holds. */
    public List<Integer> keys() {
        return ports.stream()
                .map(port -> Integer.valueOf(call(port, "DBSIZE").replaceAll("\\D", "")))
                .toList();
    }

    private void startNode(Path folder, int port) throws IOException {
        RedisServer server = RedisServer.newRedisServer()
                .port(port)
                .bind(HOST)
                .setting("cluster-enabled yes")
                .setting("cluster-config-file " + folder.resolve("nodes-" + port + ".conf"))
                .setting("save \"\"")
                .setting("appendonly no")
                .build();
        server.start();
        servers.add(server);
        ports.add(port);
    }

    private void join(int node) {
        String slots = IntStream.range(SLOTS * node / NODES, SLOTS * (node + 1) / NODES)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(" "));
        call(ports.get(node), "CLUSTER ADDSLOTS " + slots);
        call(ports.get(0), "CLUSTER MEET " + HOST + " " + ports.get(node));
    }

    /** The answer to a command without spaces in its words. */
    private static String call(int port, String command) {
        try (Socket socket = new Socket(HOST, port)) {
            socket.getOutputStream().write((command + "\r\nQUIT\r\n").getBytes(StandardCharsets.US_ASCII));
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .lines()
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        for (RedisServer server : servers) {
            server.stop();
        }
    }
}
