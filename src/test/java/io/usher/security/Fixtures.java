package io.usher.security;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.usher.security.SessionService.Tokens;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Users and sessions for the tests, made past the API. */
@ApplicationScoped
public class Fixtures {
    @Inject
    Pool pool;

    @Inject
    Vertx vertx;

    @Inject
    SessionService sessions;

    /** An active customer. */
    public UUID user() {
        return user("customer", false);
    }

    public UUID user(String type, boolean superAdmin) {
        return sql(
                        "insert into users (email, user_type, super_admin, status) values ($1, $2, $3, 'active') returning id",
                        Tuple.of("u" + UUID.randomUUID() + "@example.com", type, superAdmin))
                .iterator()
                .next()
                .getUUID(0);
    }

    public Tokens login(UUID userId) {
        return run(() -> sessions.open(userId, Set.of(Caller.CUSTOMER), new Client("192.0.2.1", "test")));
    }

    public RowSet<Row> sql(String statement, Tuple parameters) {
        return pool.preparedQuery(statement).executeAndAwait(parameters);
    }

    public Uni<RowSet<Row>> execute(String statement, Tuple parameters) {
        return pool.preparedQuery(statement).execute(parameters);
    }

    /** Runs it as a request would: on a duplicated context of an event loop. */
    public <T> T run(Supplier<Uni<T>> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        VertxContext.getOrCreateDuplicatedContext(vertx).runOnContext(ignored -> {
            io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle.setCurrentContextSafe(true);
            Uni.createFrom().<T>deferred(work::get).subscribe().with(result::complete, result::completeExceptionally);
        });
        try {
            return result.get(20, SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException r ? r : new IllegalStateException(e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }
}
