package io.usher.replicas;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What stands before replicas in production, in small: keep-alive connections, turn by turn to those that say they are ready (to all, where
 * none does), and on to the next one where a connection is refused. A request that was sent is never sent again.
 */
final class Balancer implements AutoCloseable {
    private static final long LOOK_MILLIS = 200;
    private static final int CONNECTIONS = 64;

    private final Vertx vertx;
    private final HttpClient client;
    private final List<Backend> backends = new CopyOnWriteArrayList<>();
    private final AtomicInteger turn = new AtomicInteger();
    private final long looking;

    /** A replica, and whether it was ready when it was last asked. */
    private static final class Backend {
        private final Replica replica;
        private volatile boolean ready = true;

        Backend(Replica replica) {
            this.replica = replica;
        }
    }

    /** A request that is to be written, and to which replica. */
    record Opened(Replica replica, HttpClientRequest request) {}

    Balancer(Vertx vertx, Replica... replicas) {
        this.vertx = vertx;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setKeepAlive(true)
                .setPipelining(false)
                .setMaxPoolSize(CONNECTIONS)
                .setConnectTimeout(2000));
        for (Replica replica : replicas) {
            add(replica);
        }
        this.looking = vertx.setPeriodic(LOOK_MILLIS, look -> backends.forEach(this::look));
    }

    private void add(Replica replica) {
        backends.add(new Backend(replica));
    }

    /** A connection to a replica. */
    Future<Opened> open(HttpMethod method, String path) {
        List<Backend> ready = backends.stream().filter(backend -> backend.ready).toList();
        List<Backend> candidates = new ArrayList<>(ready.isEmpty() ? backends : ready);
        Collections.rotate(candidates, turn.getAndIncrement());
        return open(candidates, 0, method, path);
    }

    private Future<Opened> open(List<Backend> candidates, int index, HttpMethod method, String path) {
        Backend backend = candidates.get(index);
        return client.request(options(backend.replica.port(), method, path))
                .map(request -> new Opened(backend.replica, request))
                .recover(refused -> {
                    backend.ready = false;
                    return index + 1 < candidates.size()
                            ? open(candidates, index + 1, method, path)
                            : Future.failedFuture(refused);
                });
    }

    private void look(Backend backend) {
        client.request(options(backend.replica.managementPort(), HttpMethod.GET, "/q/health/ready"))
                .compose(HttpClientRequest::send)
                .onSuccess(answer -> backend.ready = answer.statusCode() == 200)
                .onFailure(gone -> backend.ready = false);
    }

    private static RequestOptions options(int port, HttpMethod method, String path) {
        return new RequestOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setMethod(method)
                .setURI(path);
    }

    @Override
    public void close() {
        vertx.cancelTimer(looking);
        client.close();
    }
}
