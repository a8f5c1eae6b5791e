package io.usher.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.usher.testing.RealServers;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.PoolOptions;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What PostgreSQL is told with each connection, and what a pooler in front of it would refuse. */
@QuarkusTest
@QuarkusTestResource(RealServers.class)
class BoundedPoolTest {
    @Inject
    BoundedPool pools;

    @Inject
    Vertx vertx;

    @Test
    void tellsPostgresForHowLongItMayWork() {
        assertThat(toldWith(new PgConnectOptions()))
                .containsEntry("statement_timeout", "10000")
                .containsEntry("idle_in_transaction_session_timeout", "90000");
    }

    /** PgBouncer as it is without settings: "unsupported startup parameter" for everything but these. */
    @Test
    void tellsAPoolerNothingThatItRefuses() {
        assertThat(toldWith(new PgConnectOptions().setUseLayer7Proxy(true)))
                .containsOnlyKeys("application_name", "client_encoding", "DateStyle");
    }

    private Map<String, String> toldWith(PgConnectOptions server) {
        pools.create(new Asked(vertx, new PoolOptions(), List.of(server))).close();
        return server.getProperties();
    }

    private record Asked(Vertx vertx, PoolOptions poolOptions, List<PgConnectOptions> pgConnectOptionsList)
            implements PgPoolCreator.Input {}
}
