package io.usher.testing;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.util.Map;
import redis.embedded.RedisServer;

/** A real PostgreSQL and a real Redis for the tests, started once for the run. */
public class RealServers implements QuarkusTestResourceLifecycleManager {
    private EmbeddedPostgres postgres;
    private RedisServer redis;

    @Override
    public Map<String, String> start() {
        try {
            postgres = EmbeddedPostgres.builder().setServerConfig("fsync", "off").start();
            int redisPort = freePort();
            redis = RedisServer.newRedisServer().port(redisPort).bind("127.0.0.1").setting("save \"\"").build();
            redis.start();
            String address = "127.0.0.1:" + postgres.getPort() + "/postgres";
            return Map.of(
                    "quarkus.datasource.reactive.url", "postgresql://" + address,
                    "quarkus.datasource.jdbc.url", "jdbc:postgresql://" + address,
                    "quarkus.datasource.username", "postgres",
                    "quarkus.datasource.password", "postgres",
                    "quarkus.redis.hosts", "redis://127.0.0.1:" + redisPort);
        } catch (IOException e) {
            throw new IllegalStateException("The embedded servers did not start", e);
        }
    }

    @Override
    public void stop() {
        try {
            redis.stop();
            postgres.close();
        } catch (IOException e) {
            throw new IllegalStateException("The embedded servers did not stop", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
