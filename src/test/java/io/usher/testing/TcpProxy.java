package io.usher.testing;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Stands between the application and a server that it needs, and spoils what the network would: it delays, says nothing, or is not there. */
public final class TcpProxy implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    /** Below those that connections are made from, so that nobody takes a port while its proxy refuses connections. */
    private static final int FIRST_PORT = 20_000;

    private static final int PORTS = 10_000;
    private static final int TRIES = 20;

    private final Vertx vertx = Vertx.vertx();
    private final NetClient client = vertx.createNetClient();
    private final Set<NetSocket> sockets = ConcurrentHashMap.newKeySet();
    private final List<Runnable> held = new ArrayList<>();
    private final int target;
    private final int port;
    private NetServer server;
    private boolean refusing;
    private volatile long delayMillis;
    private boolean silent;

    /** Listens on a port of its own for what is meant for the target on this machine. */
    public TcpProxy(int target) {
        this.target = target;
        this.server = listenAnywhere();
        this.port = server.actualPort();
    }

    public int port() {
        return port;
    }

    /** Both ways: an answer comes later by twice as much. */
    public void delay(Duration each) {
        delayMillis = each.toMillis();
    }

    /** Connections are still accepted, and everything that is said on any of them is held back until {@link #heal}. */
    public synchronized void fallSilent() {
        silent = true;
    }

    /** Breaks all connections and refuses new ones until {@link #heal}. */
    public void refuse() {
        refusing = true;
        await(server.close());
        breakConnections();
    }

    /** Breaks all connections; new ones are welcome. */
    public void breakConnections() {
        sockets.forEach(NetSocket::close);
    }

    /** Lets through what was held back, and everything from now on. */
    public void heal() {
        delayMillis = 0;
        synchronized (this) {
            silent = false;
            held.forEach(Runnable::run);
            held.clear();
        }
        if (refusing) {
            refusing = false;
            server = listen(port);
        }
    }

    private NetServer listenAnywhere() {
        for (int tries = 1; tries < TRIES; tries++) {
            try {
                return listen(FIRST_PORT + ThreadLocalRandom.current().nextInt(PORTS));
            } catch (IllegalStateException e) {
                // Somebody listens there: another one, then.
            }
        }
        return listen(FIRST_PORT + ThreadLocalRandom.current().nextInt(PORTS));
    }

    private NetServer listen(int wanted) {
        NetServer fresh = vertx.createNetServer().connectHandler(this::accept);
        await(fresh.listen(wanted, HOST));
        return fresh;
    }

    private void accept(NetSocket near) {
        sockets.add(near);
        near.pause();
        near.closeHandler(gone -> sockets.remove(near));
        client.connect(target, HOST).onSuccess(far -> join(near, far)).onFailure(e -> near.close());
    }

    private void join(NetSocket near, NetSocket far) {
        pass(near, far);
        pass(far, near);
        near.closeHandler(gone -> {
            sockets.remove(near);
            far.close();
        });
        far.closeHandler(gone -> near.close());
        near.resume();
    }

    private void pass(NetSocket from, NetSocket to) {
        from.handler(bytes -> pass(bytes, to));
    }

    private synchronized void pass(Buffer bytes, NetSocket to) {
        if (silent) {
            held.add(() -> to.write(bytes));
        } else if (delayMillis > 0) {
            vertx.setTimer(delayMillis, later -> to.write(bytes));
        } else {
            to.write(bytes);
        }
    }

    private static void await(io.vertx.core.Future<?> future) {
        CountDownLatch done = new CountDownLatch(1);
        future.onComplete(any -> done.countDown());
        try {
            if (!done.await(10, TimeUnit.SECONDS) || future.failed()) {
                throw new IllegalStateException("The proxy did not do as told", future.cause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        await(vertx.close());
    }
}
