package io.usher.testing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The database behind the API's back: for what a test arranges, and for what it wants to see that no view shows. */
public final class Database {
    /** Connections kept open: to make one takes longer than most of what tests ask. */
    private static final BlockingQueue<Connection> IDLE = new ArrayBlockingQueue<>(4);

    private Database() {}

    /** Runs a statement; answers the rows it touched. */
    public static int execute(String sql, @Nullable Object... parameters) {
        return with(sql, parameters, PreparedStatement::executeUpdate);
    }

    /** The first column of the first row as text; null where there is no row. */
    public static @Nullable String text(String sql, @Nullable Object... parameters) {
        return with(sql, parameters, statement -> {
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? rows.getString(1) : null;
            }
        });
    }

    /** The first column of the first row as a number. */
    public static long number(String sql, @Nullable Object... parameters) {
        String text = text(sql, parameters);
        return text == null ? 0 : Long.parseLong(text);
    }

    /** The first column of every row. */
    public static List<@Nullable String> column(String sql, @Nullable Object... parameters) {
        return with(sql, parameters, statement -> {
            List<@Nullable String> values = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    values.add(rows.getString(1));
                }
            }
            return values;
        });
    }

    /**
     * How many rows each table has: two of these being equal means that nothing was written and kept. Without those that jobs work on: of the
     * chain over the audit log, and of the users' totals.
     */
    public static Map<String, Long> rowCounts() {
        String all = column("select tablename from pg_tables where schemaname = 'public'"
                        + " and tablename !~ '^(audit_(chain|unsealed)|(user|admin)_total)' order by tablename")
                .stream()
                .map(table -> "select '" + table + " ' || count(*) from \"" + table + "\"")
                .collect(Collectors.joining(" union all "));
        Map<String, Long> counts = new LinkedHashMap<>();
        for (String line : column(all)) {
            String[] parts = String.valueOf(line).split(" ");
            counts.put(parts[0], Long.valueOf(parts[1]));
        }
        return counts;
    }

    /** The plan of a query, one line a row, as EXPLAIN prints it. */
    public static String plan(String sql, @Nullable Object... parameters) {
        return String.join(
                "\n",
                column("explain " + sql, parameters).stream()
                        .map(String::valueOf)
                        .toList());
    }

    private interface Work<T> {
        T run(PreparedStatement statement) throws SQLException;
    }

    private static <T> T with(String sql, @Nullable Object[] parameters, Work<T> work) {
        try {
            Connection connection = connection();
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < parameters.length; i++) {
                    statement.setObject(i + 1, parameters[i]);
                }
                return work.run(statement);
            } finally {
                release(connection);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** One that is idle, if the server has not been restarted since. */
    private static Connection connection() throws SQLException {
        for (Connection idle = IDLE.poll(); idle != null; idle = IDLE.poll()) {
            if (idle.isValid(1)) {
                return idle;
            }
            idle.close();
        }
        return RealServers.database().getConnection();
    }

    private static void release(Connection connection) throws SQLException {
        if (!IDLE.offer(connection)) {
            connection.close();
        }
    }
}
