package io.usher.audit;

import io.usher.testing.RealServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/** A database of a test's own, that an ordinary role owns: the service as it is run, and a superuser behind its back. */
final class ChainDatabase implements AutoCloseable {
    private static final String OWNER = "usher_chain_owner";
    private static final String PASSWORD = "owner";

    private final String name;

    private ChainDatabase(String name) {
        this.name = name;
    }

    /** What verifying answers. */
    record Verified(boolean valid, long events, @Nullable String firstBroken, String head) {}

    static ChainDatabase create(String name) {
        RealServers.ensureStarted();
        run(
                RealServers.jdbcUrl(),
                "postgres",
                "postgres",
                "drop database if exists " + name,
                "do $$ begin create role " + OWNER + " login password '" + PASSWORD
                        + "'; exception when duplicate_object then null; end $$",
                "create database " + name + " owner " + OWNER);
        ChainDatabase database = new ChainDatabase(name);
        Flyway.configure().dataSource(database.url(), OWNER, PASSWORD).load().migrate();
        return database;
    }

    /** A connection of the service's role. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), OWNER, PASSWORD);
    }

    /** A connection of another role. */
    Connection connect(String role, String password) throws SQLException {
        return DriverManager.getConnection(url(), role, password);
    }

    /** Runs statements as the service. */
    void asService(String... statements) {
        run(url(), OWNER, PASSWORD, statements);
    }

    /** Runs statements as a superuser. */
    void asSuperuser(String... statements) {
        run(url(), "postgres", "postgres", statements);
    }

    /** Runs a statement as a superuser for whom no trigger fires. */
    void behindTheBack(String statement) {
        asSuperuser("set session_replication_role = replica", statement);
    }

    /** Records an event, now or then, and answers its id. */
    UUID event(String subject, String createdAt) {
        UUID id = UUID.fromString(text("select uuidv7()"));
        asService(insert(id, subject, createdAt));
        return id;
    }

    UUID event(String subject) {
        return event(subject, "now");
    }

    static String insert(UUID id, String subject, String createdAt) {
        return "insert into audit_events (id, created_at, action, actor_type, subject, changes) values ('" + id + "', '"
                + createdAt + "', 'role.create', 'system', '" + subject + "', '[]')";
    }

    void seal() {
        while (Integer.parseInt(text("select usher_seal_audit(3)")) == 3) {
            // The next batch.
        }
    }

    Verified verify() {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select * from usher_verify_audit()")) {
            row.next();
            return new Verified(row.getBoolean(1), row.getLong(2), row.getString(3), row.getString(4));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The first column of the first row. */
    String text(String sql) {
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getString(1);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    String url() {
        return RealServers.jdbcUrl().replaceAll("/[^/]*$", "/" + name);
    }

    @Override
    public void close() {
        run(RealServers.jdbcUrl(), "postgres", "postgres", "drop database " + name + " with (force)");
    }

    private static void run(String url, String user, String password, String... statements) {
        try (Connection connection = DriverManager.getConnection(url, user, password);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
