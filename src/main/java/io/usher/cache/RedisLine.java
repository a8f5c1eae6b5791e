package io.usher.cache;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.impl.ContextInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * How one event loop talks to Redis: over one connection, on which commands follow each other without waiting for answers. What the requests of
 * one turn of the loop ask goes out together, in one write. No request has to get a connection first and give it back, and no other thread
 * has a part in it. Only its event loop may use it.
 */
final class RedisLine {
    private static final long TIMEOUT_NANOS = TimeUnit.MILLISECONDS.toNanos(RedisGateway.TIMEOUT_MILLIS);

    /** How late a time-out may be seen. */
    private static final long STEP_MILLIS = 25;

    private final ContextInternal home;
    private final Supplier<Redis> clients;
    private final Deque<Wait> waits = new ArrayDeque<>();

    private final List<Question> turn = new ArrayList<>();

    private @Nullable Redis client;
    private @Nullable Future<RedisConnection> connection;
    private @Nullable Future<Response> last;
    private boolean watching;

    /**
     * @param home a context of the event loop, on which the client is made and the connection opened: Vert.x would put them on another's otherwise
     * @param clients makes the client, once, for the event loop on which it is called
     */
    RedisLine(ContextInternal home, Supplier<Redis> clients) {
        this.home = home;
        this.clients = clients;
    }

    private record Question(Request request, Promise<Response> answer) {}

    /** A command that is waited for. One timer looks at all of them, since they time out in the order of their coming. */
    static final class Wait {
        private final long until;
        private @Nullable Runnable expire;

        private Wait(Runnable expire) {
            this.until = System.nanoTime() + TIMEOUT_NANOS;
            this.expire = expire;
        }

        /** Answers whether it had not ended before, nor expired. */
        boolean end() {
            boolean waiting = expire != null;
            expire = null;
            return waiting;
        }
    }

    /** @param expire is run unless the wait has ended within {@link RedisGateway#TIMEOUT_MILLIS} */
    Wait begin(Runnable expire) {
        Wait wait = new Wait(expire);
        waits.addLast(wait);
        watch();
        return wait;
    }

    private void watch() {
        if (!watching) {
            watching = true;
            ScheduledFuture<?> ignored = home.nettyEventLoop().schedule(this::look, STEP_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    private void look() {
        long now = System.nanoTime();
        watching = false;
        Wait first = waits.peekFirst();
        while (first != null && (first.expire == null || first.until - now <= 0)) {
            waits.removeFirst();
            expire(first);
            first = waits.peekFirst();
        }
        if (first != null) {
            watch();
        }
    }

    private void expire(Wait wait) {
        Runnable expire = wait.expire;
        if (expire != null) {
            wait.end();
            abandon();
            expire.run();
        }
    }

    Future<Response> send(Request request) {
        Question question = new Question(request, Promise.promise());
        turn.add(question);
        if (turn.size() == 1) {
            home.runOnContext(turnEnded -> write());
        }
        return question.answer().future();
    }

    private void write() {
        List<Question> questions = List.copyOf(turn);
        turn.clear();
        Future<RedisConnection> open = connection == null ? connect() : connection;
        last = questions.get(questions.size() - 1).answer().future();
        if (open.succeeded()) {
            write(questions, open.result());
        } else {
            open.onSuccess(connected -> write(questions, connected))
                    .onFailure(away ->
                            questions.forEach(question -> question.answer().fail(away)));
        }
    }

    /**
     * In their order. Of a batch the client tells only that something in it was refused, and all of it is sent again: that is for scripts, which look at
     * the present state first, and never for values, which would come back over newer ones.
     */
    private static void write(List<Question> questions, RedisConnection connected) {
        List<Question> scripts = new ArrayList<>();
        for (Question question : questions) {
            if (question.request().command() == Command.EVALSHA) {
                scripts.add(question);
            } else {
                batch(List.copyOf(scripts), connected);
                scripts.clear();
                alone(question, connected);
            }
        }
        batch(scripts, connected);
    }

    private static void batch(List<Question> scripts, RedisConnection connected) {
        if (scripts.size() < 2) {
            scripts.forEach(question -> alone(question, connected));
            return;
        }
        connected
                .batch(scripts.stream().map(Question::request).toList())
                .onSuccess(answers -> answer(scripts, answers))
                .onFailure(failure -> {
                    if (failure instanceof ErrorType) {
                        scripts.forEach(question -> alone(question, connected));
                    } else {
                        scripts.forEach(question -> question.answer().fail(failure));
                    }
                });
    }

    private static void alone(Question question, RedisConnection connected) {
        connected.send(question.request()).onComplete(question.answer());
    }

    private static void answer(List<Question> questions, List<Response> answers) {
        for (int i = 0; i < answers.size(); i++) {
            questions.get(i).answer().complete(answers.get(i));
        }
    }

    /** What the client throws, as it does once the container has ended, is a failure like any other: whoever asks is answered. */
    private Future<RedisConnection> connect() {
        Future<RedisConnection> opening = Future.<Void>succeededFuture().compose(ready -> client().connect());
        connection = opening;
        opening.onFailure(e -> drop(opening))
                .onSuccess(connected ->
                        connected.exceptionHandler(e -> drop(opening)).endHandler(ended -> drop(opening)));
        return opening;
    }

    private Redis client() {
        Redis present = client == null ? clients.get() : client;
        client = present;
        return present;
    }

    /** From any thread; what is asked from then on fails. */
    void close() {
        home.runOnContext(now -> {
            if (client != null) {
                client.close();
            }
        });
    }

    private void drop(Future<RedisConnection> lost) {
        home.runOnContext(now -> {
            if (connection == lost) {
                connection = null;
            }
        });
    }

    /** A connection that does not answer may never do so again: the next command goes over another, and this one back when it has answered. */
    private void abandon() {
        Future<RedisConnection> silent = connection;
        Future<Response> end = last;
        if (silent != null && silent.succeeded() && end != null) {
            connection = null;
            end.onComplete(answered -> silent.result().close());
        }
    }
}
