package io.usher.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Statements without the service, each connection on a thread of its own. */
final class SqlProbe implements Probe {
    private final String name;
    private final World world;
    private final Work work;
    private final Workers workers;
    private final List<Connection> connections = new ArrayList<>();

    /** What is done on a connection. */
    interface Work {
        void run(Connection connection) throws SQLException;
    }

    SqlProbe(String name, World world, int concurrency, Work work) {
        this.name = name;
        this.world = world;
        this.work = work;
        this.workers = new Workers(concurrency);
        try {
            for (int i = 0; i < concurrency; i++) {
                connections.add(world.database().connect());
            }
        } catch (SQLException e) {
            throw new IllegalStateException("No connection to PostgreSQL", e);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int concurrency() {
        return connections.size();
    }

    @Override
    public void run(Duration time, Tally tally) throws Exception {
        workers.run(thread -> work.run(connections.get(thread)), time, tally);
    }

    @Override
    public CpuTime cpu() {
        return world.cpu();
    }

    @Override
    public void close() throws IOException {
        workers.close();
        try {
            for (Connection connection : connections) {
                connection.close();
            }
        } catch (SQLException e) {
            throw new IOException(e);
        }
    }
}
