package io.usher.web.stream;

import io.smallrye.mutiny.Uni;
import io.usher.problem.Failures;
import io.usher.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One stream, step by step: whether its owner may still listen, the state if it is another than the client has, a heartbeat if nothing was sent
 * for long. One step at a time, so nothing in here is shared.
 */
final class OpenStream {
    /** What the stream is over with, in place of something to send. */
    static final byte[] END = new byte[0];

    private static final String RETRY = "retry: 3000\n";
    private static final long CHECK_NANOS = Duration.ofSeconds(2).toNanos();

    private final EventSource source;
    private final long heartbeatNanos;
    private @Nullable String seen;
    private boolean begun;
    private boolean over;
    private long sentAt;
    private long checkedAt = System.nanoTime();

    OpenStream(EventSource source, Duration heartbeat) {
        this.source = source;
        this.seen = source.lastSeen();
        this.heartbeatNanos = heartbeat.toNanos();
    }

    /** What to send now: null for nothing, {@link #END} for nothing any more. Fails only before anything was sent. */
    Uni<byte @Nullable []> next() {
        if (over) {
            return Uni.createFrom().item(END);
        }
        Uni<byte @Nullable []> next = checked()
                .chain(allowed -> allowed ? present() : Uni.createFrom().item(END));
        return begun
                ? next.onFailure(OpenStream::passes)
                        .recoverWithItem(this::idle)
                        .onFailure()
                        .recoverWithItem(END)
                : next;
    }

    /** The request itself was the first check. */
    private Uni<Boolean> checked() {
        return System.nanoTime() - checkedAt < CHECK_NANOS
                ? Uni.createFrom().item(true)
                : source.allowed().get().invoke(() -> checkedAt = System.nanoTime());
    }

    private Uni<byte @Nullable []> present() {
        return source.state().get().map(this::changed);
    }

    private byte @Nullable [] changed(StreamState state) {
        over = state.last();
        if (state.id().equals(seen)) {
            return idle();
        }
        seen = state.id();
        return send("id: " + state.id() + "\nevent: " + source.event() + "\ndata: " + state.json() + "\n\n");
    }

    private byte @Nullable [] idle() {
        return begun && System.nanoTime() - sentAt < heartbeatNanos ? null : send(": nothing new\n\n");
    }

    private byte[] send(String text) {
        String whole = begun ? text : RETRY + text;
        begun = true;
        sentAt = System.nanoTime();
        return whole.getBytes(StandardCharsets.UTF_8);
    }

    /** A server that is away comes back: the client, too, would only come back and ask again. */
    private static boolean passes(Throwable failure) {
        ProblemException problem = Failures.toProblem(failure);
        return problem != null && problem.code().status() == 503;
    }
}
