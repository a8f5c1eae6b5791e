package io.usher.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Keep-alive connections that each send one request after another, all on the thread that calls: a closed loop. It shares the cores with what it
 * measures, so it does as little as it can for a request: bytes made before go out, and of an answer it reads the status and finds the end
 * (docs/decisions/0150). What it takes all the same stands in the report.
 */
final class Generator implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int POLL_MILLIS = 100;

    /** What the connections say. */
    interface Script {
        /** The next request of a connection, whole. */
        byte[] next(int connection);

        /** What came of it. */
        default void answered(int connection, Connection answer) {}
    }

    private final Selector selector;
    private final InetSocketAddress address;
    private final List<Connection> connections = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 16);
    private int busy;

    Generator(int port, int count) {
        try {
            address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
            selector = Selector.open();
            for (int i = 0; i < count; i++) {
                connections.add(Connection.open(i, address, selector));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("No connection to port " + port, e);
        }
    }

    int connections() {
        return connections.size();
    }

    /** Keeps every connection busy until the time is up and the last answer is there. */
    void run(Script script, Duration time, Tally tally) throws IOException {
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        busy = 0;
        for (Connection connection : connections) {
            send(connection, script, tally);
        }
        while (busy > 0 && System.nanoTime() - end < PATIENCE_NANOS) {
            selector.select(key -> receive(key, script, end, tally), POLL_MILLIS);
        }
        tally.lasted(System.nanoTime() - begin);
        if (busy > 0) {
            giveUp(tally);
        }
    }

    private void send(Connection connection, Script script, Tally tally) {
        try {
            connection.send(script.next(connection.number()));
            busy++;
        } catch (IOException e) {
            broken(connection, e.toString(), tally);
        }
    }

    private void receive(SelectionKey key, Script script, long end, Tally tally) {
        Connection connection = (Connection) key.attachment();
        try {
            if (!connection.receive(buffer)) {
                return;
            }
            record(connection, script, tally);
        } catch (IOException e) {
            broken(connection, e.toString(), tally);
        }
        busy--;
        if (System.nanoTime() < end) {
            send(connection, script, tally);
        }
    }

    private static void record(Connection connection, Script script, Tally tally) {
        long nanos = System.nanoTime() - connection.sentAt();
        int status = connection.status();
        if (status >= 200 && status < 300) {
            tally.succeeded(nanos);
        } else {
            tally.failed("status " + status);
        }
        script.answered(connection.number(), connection);
    }

    private void broken(Connection connection, String how, Tally tally) {
        tally.failed(how);
        try {
            connection.reopen(address, selector);
        } catch (IOException e) {
            tally.failed("no connection any more: " + e);
        }
    }

    private void giveUp(Tally tally) {
        for (Connection connection : connections) {
            if (connection.isWaiting()) {
                broken(connection, "no answer", tally);
            }
        }
    }

    @Override
    public void close() throws IOException {
        for (Connection connection : connections) {
            connection.close();
        }
        selector.close();
    }
}
