package io.usher.replicas;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.response.Response;
import io.usher.testing.Given;
import io.usher.testing.RealServers;
import io.usher.testing.RedisCluster;
import io.usher.testing.SigningKeys;
import io.usher.testing.TestUser;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes of the package on a Redis Cluster: every user's keys are on one node, whichever it is. */
class RedisClusterIT {
    private static final int USERS = 12;

    @TempDir
    static Path folder;

    private static RedisCluster redis;
    private static Replica one;
    private static Replica two;

    @BeforeAll
    static void start() throws Exception {
        RealServers.ensureStarted();
        SigningKeys.makeKey(folder);
        redis = RedisCluster.start(folder);
        Map<String, String> onTheCluster =
                Map.of("quarkus.redis.client-type", "cluster", "quarkus.redis.hosts", redis.hosts());
        one = Replica.start(folder, onTheCluster);
        two = Replica.start(folder, onTheCluster);
    }

    @AfterAll
    static void stop() throws Exception {
        one.close();
        two.close();
        redis.close();
    }

    @Test
    void usersAreCachedOnAllNodesAndRevokedOnBothReplicas() {
        assertThat(one.readiness()).contains("connected");
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < USERS; i++) {
            TestUser user = Given.customer().create();
            String token = logIn(user, Given.PASSWORD).path("token");
            assertThat(two.as(token).get("/api/auth/me").statusCode()).isEqualTo(200);
            tokens.add(token);
        }

        assertThat(redis.keys()).hasSize(3).allMatch(keys -> keys > 0);
        for (String token : tokens) {
            assertThat(one.as(token).post("/api/auth/logout").statusCode()).isEqualTo(204);
            assertThat(two.as(token).get("/api/auth/me").statusCode()).isEqualTo(401);
        }
        assertThat(one.output() + two.output()).doesNotContain("Redis is away", "CROSSSLOT");
    }

    @Test
    void bothReplicasCountTowardsOneLimit() {
        TestUser user = Given.customer().create();
        for (int i = 0; i < 5; i++) {
            assertThat(logIn(i % 2 == 0 ? one : two, user, "Wrong-Horse-9").statusCode())
                    .isEqualTo(401);
        }

        assertThat(logIn(two, user, "Wrong-Horse-9").statusCode()).isEqualTo(429);
    }

    private static Response logIn(TestUser user, String password) {
        return logIn(one, user, password);
    }

    private static Response logIn(Replica replica, TestUser user, String password) {
        return replica.request()
                .body(Map.of("username", user.email(), "password", password))
                .post("/api/auth/login");
    }
}
