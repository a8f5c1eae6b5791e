package io.usher.web.health;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Nothing works without PostgreSQL. Answers within a second, also when the server accepts connections and then says nothing. */
@Readiness
@ApplicationScoped
class PostgresReadiness implements AsyncHealthCheck {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Pool pool;

    @Inject
    PostgresReadiness(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return pool.query("select 1")
                .execute()
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .map(rows -> HealthCheckResponse.up("PostgreSQL"))
                .onFailure()
                .recoverWithItem(() -> HealthCheckResponse.down("PostgreSQL"));
    }
}
