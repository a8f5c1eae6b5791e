package io.usher.testing;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;

/** A database of a test's own with the schema and as many rows as it likes, to look at plans in: they depend on what all tests have written. */
public final class PlanDatabase implements AutoCloseable {
    private final String name;
    private final Vertx vertx = Vertx.vertx();
    private final Pool pool;

    private PlanDatabase(String name) {
        this.name = name;
        this.pool = PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(1))
                .connectingTo(PgConnectOptions.fromUri(url(name).substring("jdbc:".length()))
                        .setUser("postgres")
                        .setPassword("postgres"))
                .using(vertx)
                .build();
    }

    /** Makes it anew, with the schema, and runs what fills it; the statistics are up to date then. */
    public static PlanDatabase create(String name, String... seed) {
        RealServers.ensureStarted();
        execute(RealServers.jdbcUrl(), "drop database if exists " + name, "create database " + name);
        Flyway.configure().dataSource(url(name), "postgres", "postgres").load().migrate();
        execute(url(name), seed);
        execute(url(name), "vacuum analyze");
        return new PlanDatabase(name);
    }

    /** The plan of a statement as the service sends it, one line a row. */
    public String plan(String sql, Tuple parameters) {
        return lines(rows("explain " + sql, parameters));
    }

    /** As {@link #plan}, for whatever values: what a prepared statement comes to after a few runs. */
    public String genericPlan(String sql) {
        return lines(rows(pool.query("explain (generic_plan) " + sql).execute()));
    }

    /** What a statement answers. */
    public List<Row> rows(String sql, Tuple parameters) {
        return rows(pool.preparedQuery(sql).execute(parameters.getDelegate()));
    }

    private static List<Row> rows(Future<RowSet<Row>> answer) {
        List<Row> rows = new ArrayList<>();
        answer.toCompletionStage().toCompletableFuture().join().forEach(rows::add);
        return rows;
    }

    private static String lines(List<Row> plan) {
        return plan.stream().map(row -> row.getString(0)).collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        pool.close().toCompletionStage().toCompletableFuture().join();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        execute(RealServers.jdbcUrl(), "drop database " + name);
    }

    private static String url(String name) {
        return RealServers.jdbcUrl().replaceAll("/[^/]*$", "/" + name);
    }

    private static void execute(String url, String... statements) {
        try (Connection connection = DriverManager.getConnection(url, "postgres", "postgres");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
