package io.usher.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/** A database, past the service. */
record Database(String name, int port) {
    static final String USER = "postgres";

    /** For the service, and with {@code jdbc:} before it for everybody else. */
    String address() {
        return "postgresql://127.0.0.1:" + port + "/" + name;
    }

    /** Statements are planned for their own values, as the service plans its searches. */
    Connection connect() throws SQLException {
        return DriverManager.getConnection("jdbc:" + address() + "?prepareThreshold=0", USER, USER);
    }

    void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    /** The first column of every row. */
    List<String> texts(String sql, Object... parameters) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (Connection connection = connect();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }

    long number(String sql, Object... parameters) throws SQLException {
        return Long.parseLong(texts(sql, parameters).get(0));
    }

    /** {@code copy … from stdin}. */
    void copyIn(String copy, byte[] text) throws SQLException, IOException {
        try (Connection connection = connect()) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn(copy, new ByteArrayInputStream(text), 1 << 16);
        }
    }

    /** {@code copy … to stdout}, which nobody reads. */
    void copyOut(String copy) throws SQLException, IOException {
        try (Connection connection = connect()) {
            connection.unwrap(PGConnection.class).getCopyAPI().copyOut(copy, OutputStream.nullOutputStream());
        }
    }
}
