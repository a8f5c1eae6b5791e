package io.usher.persistence;

import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnectOptions;
import jakarta.inject.Singleton;
import java.util.List;

/**
 * Keeps searches out of the prepared-statement cache. A cached statement is planned once for any value after a few runs; searches need
 * the plan of their own values, since a needle may match one row or all of them.
 */
@Singleton
public class StatementCacheLimits implements PgPoolCreator {
    /** What a statement begins with that is planned anew each time. */
    public static final String PLAN_EACH_TIME = "/* plan each time */ ";

    private static final int LONGEST_CACHED = 4096;

    @Override
    public Pool create(Input input) {
        Vertx vertx = input.vertx();
        input.pgConnectOptionsList()
                .forEach(options -> options.setPreparedStatementCacheSqlFilter(StatementCacheLimits::isCached));
        return PgBuilder.pool()
                .with(input.poolOptions())
                .connectingTo(List.<SqlConnectOptions>copyOf(input.pgConnectOptionsList()))
                .using(vertx)
                .build();
    }

    private static boolean isCached(String sql) {
        return sql.length() <= LONGEST_CACHED && !sql.startsWith(PLAN_EACH_TIME);
    }
}
