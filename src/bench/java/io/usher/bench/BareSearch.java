package io.usher.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A page of 20 users and their count, by the two statements that one would write. */
final class BareSearch implements SqlProbe.Work {
    private static final String WHERE = " from users where search_text like ? and deleted_at is null";
    private static final String PAGE = "select *" + WHERE + " order by created_at desc, id desc limit 20";
    private static final String COUNT = "select count(*)" + WHERE;

    private final List<String> needles;
    private final AtomicInteger next = new AtomicInteger();

    BareSearch(List<String> needles) {
        this.needles = needles;
    }

    @Override
    public void run(Connection connection) throws SQLException {
        String needle = "%" + needles.get(Math.floorMod(next.getAndIncrement(), needles.size())) + "%";
        read(connection, PAGE, needle);
        read(connection, COUNT, needle);
    }

    private static void read(Connection connection, String sql, String needle) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, needle);
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                rows.getString(1);
            }
        }
    }
}
