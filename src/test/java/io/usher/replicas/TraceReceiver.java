package io.usher.replicas;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** A collector of traces: takes OTLP over HTTP, in protobuf, of which it reads what tests ask for (opentelemetry/proto/trace/v1). */
final class TraceReceiver implements AutoCloseable {
    private static final int RESOURCE_SPANS = 1;
    private static final int SCOPE_SPANS = 2;
    private static final int SPANS = 2;
    private static final int NAME = 5;
    private static final int KIND = 6;
    private static final int ATTRIBUTES = 9;
    private static final int EVENTS = 11;

    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final List<String> received = new CopyOnWriteArrayList<>();
    private final HttpServer server;

    /** @param kind 2 for a server's, 3 for a client's */
    record Span(String name, long kind, Map<String, String> attributes, int events) {}

    TraceReceiver() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/traces", this::receive);
        server.start();
    }

    String endpoint() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    List<Span> spans() {
        return spans;
    }

    /** Every byte that came, as Latin text. */
    String everything() {
        return String.join("\n", received);
    }

    private void receive(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        received.add(new String(body, StandardCharsets.ISO_8859_1));
        within(
                body,
                RESOURCE_SPANS,
                resource -> within(resource, SCOPE_SPANS, scope -> within(scope, SPANS, this::add)));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    private void add(byte[] span) {
        Map<Integer, Object> last = new HashMap<>();
        Map<String, String> attributes = new HashMap<>();
        int[] events = {0};
        fields(span, (number, value) -> {
            last.put(number, value);
            events[0] += number == EVENTS ? 1 : 0;
        });
        within(span, ATTRIBUTES, pair -> addAttribute(pair, attributes));
        spans.add(new Span(text(last.get(NAME)), (Long) last.getOrDefault(KIND, 0L), attributes, events[0]));
    }

    private static void addAttribute(byte[] pair, Map<String, String> attributes) {
        Map<Integer, Object> fields = new HashMap<>();
        fields(pair, fields::put);
        Map<Integer, Object> value = new HashMap<>();
        fields((byte[]) fields.getOrDefault(2, new byte[0]), value::put);
        value.values().forEach(one -> attributes.put(text(fields.get(1)), text(one)));
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(value);
    }

    private interface Message {
        void read(byte[] bytes);
    }

    private static void within(byte[] message, int field, Message each) {
        fields(message, (number, value) -> {
            if (number == field) {
                each.read((byte[]) value);
            }
        });
    }

    /** The fields of a message in protobuf's wire format: numbers as Long, everything else as bytes. */
    private static void fields(byte[] message, BiConsumer<Integer, Object> field) {
        ByteBuffer in = ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN);
        while (in.hasRemaining()) {
            long key = varint(in);
            int number = (int) (key >>> 3);
            switch ((int) (key & 7)) {
                case 0 -> field.accept(number, varint(in));
                case 1 -> field.accept(number, in.getLong());
                case 2 -> field.accept(number, bytes(in, (int) varint(in)));
                default -> field.accept(number, (long) in.getInt());
            }
        }
    }

    private static byte[] bytes(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
