package io.usher.persistence;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Closes a connection on which PostgreSQL has said nothing for too long while it owed an answer: a server that hangs, or one that the network
 * has cut off, which TCP would notice after many minutes. Whoever waits on it fails then, and the pool makes another one.
 */
final class AnswerWatch extends ChannelDuplexHandler {
    private static final String NAME = "answers";

    /** Vert.x's name for the handler that watches how long a connection takes to be let in. */
    private static final String CONNECTING = "idle";

    private static final String CODEC = "codec";

    /** ReadyForQuery without its last byte, the state of the transaction: what every answer ends with (PostgreSQL's manual, 54.7). */
    private static final long READY = 0x5A00000005L;

    private static final long FIVE_BYTES = 0xFFFFFFFFFFL;

    private final long usualNanos;
    private volatile long patienceNanos;
    private long heard;
    private long tail;
    private boolean owed;
    private boolean looking;

    private AnswerWatch(long patienceNanos) {
        this.usualNanos = patienceNanos;
        this.patienceNanos = patienceNanos;
    }

    /** Watches a connection that has just been made. */
    static void begin(SqlConnection connection, Duration patience) {
        ChannelPipeline pipeline = pipeline(connection);
        if (pipeline.get(CONNECTING) != null) {
            pipeline.remove(CONNECTING);
        }
        pipeline.addBefore(CODEC, NAME, new AnswerWatch(patience.toNanos()));
    }

    /** Lets the answers to the next statements of a connection that is held take longer; to be taken back by {@link #beUsual}. */
    static void bePatient(SqlConnection connection, Duration patience) {
        AnswerWatch watch = of(connection);
        watch.patienceNanos = Math.max(watch.usualNanos, patience.toNanos());
    }

    static void beUsual(SqlConnection connection) {
        AnswerWatch watch = of(connection);
        watch.patienceNanos = watch.usualNanos;
    }

    private static AnswerWatch of(SqlConnection connection) {
        return pipeline(connection).get(AnswerWatch.class);
    }

    /** Of the connection itself, which the pool has wrapped. */
    private static ChannelPipeline pipeline(SqlConnection connection) {
        SocketConnectionBase socket = (SocketConnectionBase)
                ((SqlConnectionInternal) connection).unwrap().unwrap();
        return socket.socket().channelHandlerContext().pipeline();
    }

    @Override
    public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
        if (!owed) {
            owed = true;
            heard = System.nanoTime();
            lookIn(context, patienceNanos);
        }
        super.write(context, message, promise);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (message instanceof ByteBuf bytes && bytes.isReadable()) {
            heard = System.nanoTime();
            readTail(bytes);
            owed = ((tail >>> Byte.SIZE) & FIVE_BYTES) != READY;
        }
        super.channelRead(context, message);
    }

    /** The last eight bytes that came, in however many pieces. */
    private void readTail(ByteBuf bytes) {
        int from = Math.max(bytes.readerIndex(), bytes.writerIndex() - Long.BYTES);
        for (int i = from; i < bytes.writerIndex(); i++) {
            tail = (tail << Byte.SIZE) | bytes.getUnsignedByte(i);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private void lookIn(ChannelHandlerContext context, long nanos) {
        if (!looking) {
            looking = true;
            ScheduledFuture<?> ignored = context.executor().schedule(() -> look(context), nanos, TimeUnit.NANOSECONDS);
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored")
    private void look(ChannelHandlerContext context) {
        looking = false;
        long left = heard + patienceNanos - System.nanoTime();
        if (owed && left <= 0) {
            ChannelFuture ignored = context.close();
        } else if (owed && context.channel().isActive()) {
            lookIn(context, left);
        }
    }
}
