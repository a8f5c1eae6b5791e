package io.usher.web.health;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Without Redis the service is slower, and limits hold for each process alone; it goes on, and says so here. */
@Readiness
@ApplicationScoped
class RedisReadiness implements AsyncHealthCheck {
    /** As long as a request would wait for it. */
    private static final Duration PATIENCE = Duration.ofMillis(250);

    private final Redis redis;

    @Inject
    RedisReadiness(Redis redis) {
        this.redis = redis;
    }

    @Override
    public Uni<HealthCheckResponse> call() {
        return redis.send(Request.cmd(Command.PING))
                .ifNoItem()
                .after(PATIENCE)
                .fail()
                .map(pong -> answer("connected"))
                .onFailure()
                .recoverWithItem(() -> answer("degraded"));
    }

    private static HealthCheckResponse answer(String state) {
        return HealthCheckResponse.named("Redis").up().withData("state", state).build();
    }
}
