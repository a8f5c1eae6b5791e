package io.usher.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Locale;

/** One HTTP/1.1 connection that waits for each answer before it sends the next request. */
final class Connection {
    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final byte[] LAST_CHUNK = "0\r\n\r\n".getBytes(ISO_8859_1);

    private final int number;
    private SocketChannel channel;
    private byte[] answer = new byte[1 << 14];
    private int filled;
    private int bodyAt;
    /** Where the answer ends; -1 where only its last chunk tells. */
    private int end;

    private long sentAt;
    private boolean waiting;

    private Connection(int number, SocketChannel channel) {
        this.number = number;
        this.channel = channel;
    }

    static Connection open(int number, InetSocketAddress address, Selector selector) throws IOException {
        SocketChannel channel = SocketChannel.open(address);
        Connection connection = new Connection(number, channel);
        connection.register(selector);
        return connection;
    }

    void reopen(InetSocketAddress address, Selector selector) throws IOException {
        channel.close();
        waiting = false;
        channel = SocketChannel.open(address);
        register(selector);
    }

    private void register(Selector selector) throws IOException {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    void send(byte[] request) throws IOException {
        filled = 0;
        bodyAt = 0;
        waiting = true;
        sentAt = System.nanoTime();
        ByteBuffer bytes = ByteBuffer.wrap(request);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Reads what is there; whether the answer is whole. */
    boolean receive(ByteBuffer buffer) throws IOException {
        buffer.clear();
        int read = channel.read(buffer);
        if (read < 0) {
            throw new EOFException("connection closed");
        }
        buffer.flip();
        if (filled + read > answer.length) {
            answer = Arrays.copyOf(answer, Math.max(answer.length * 2, filled + read));
        }
        buffer.get(answer, filled, read);
        filled += read;
        if (bodyAt == 0) {
            readHead();
        }
        waiting = !isWhole();
        return !waiting;
    }

    private void readHead() {
        for (int i = 3; i < filled; i++) {
            if (answer[i] == '\n' && answer[i - 1] == '\r' && answer[i - 2] == '\n' && answer[i - 3] == '\r') {
                bodyAt = i + 1;
                end = end(new String(answer, 0, bodyAt, ISO_8859_1).toLowerCase(Locale.ROOT));
                return;
            }
        }
    }

    private int end(String head) {
        int length = head.indexOf("\r\ncontent-length:");
        if (length >= 0) {
            int from = length + "\r\ncontent-length:".length();
            return bodyAt
                    + Integer.parseInt(
                            head.substring(from, head.indexOf('\r', from)).strip());
        }
        return head.contains("\r\ntransfer-encoding: chunked") ? -1 : bodyAt;
    }

    private boolean isWhole() {
        if (bodyAt == 0) {
            return false;
        }
        if (end >= 0) {
            return filled >= end;
        }
        int from = filled - LAST_CHUNK.length;
        return from >= bodyAt && Arrays.equals(answer, from, filled, LAST_CHUNK, 0, LAST_CHUNK.length);
    }

    int number() {
        return number;
    }

    long sentAt() {
        return sentAt;
    }

    boolean isWaiting() {
        return waiting;
    }

    int status() {
        return (answer[STATUS_AT] - '0') * 100 + (answer[STATUS_AT + 1] - '0') * 10 + answer[STATUS_AT + 2] - '0';
    }

    String body() {
        return new String(answer, bodyAt, filled - bodyAt, UTF_8);
    }

    void close() throws IOException {
        channel.close();
    }
}
