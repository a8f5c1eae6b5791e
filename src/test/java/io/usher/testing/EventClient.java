package io.usher.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.restassured.RestAssured;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A client of server-sent events, as the WHATWG defines them: one block of lines after the other, until either side has enough. */
public final class EventClient implements AutoCloseable {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final long PATIENCE_SECONDS = 20;

    private final HttpResponse<InputStream> response;
    private final BlockingQueue<Block> blocks = new LinkedBlockingQueue<>();

    private EventClient(HttpResponse<InputStream> response) {
        this.response = response;
        Thread reader = new Thread(this::read, "event-client");
        reader.setDaemon(true);
        reader.start();
    }

    /** A block of the stream. @param fields its last line of each name; a comment's name is empty. Null where the stream has ended */
    public record Block(@Nullable Map<String, String> fields) {
        static final Block END = new Block(null);

        public @Nullable String field(String name) {
            return fields == null ? null : fields.get(name);
        }

        /** The data, as JSON. */
        public JsonNode json() {
            return ResponseChecks.parse(String.valueOf(field("data")));
        }

        public boolean isEvent() {
            return field("data") != null;
        }

        public boolean isEnd() {
            return fields == null;
        }
    }

    /** Opens a stream with these headers. @throws AssertionError where it is refused */
    public static EventClient open(String path, Map<String, String> headers) {
        URI uri = URI.create(RestAssured.baseURI + ":" + RestAssured.port + path);
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", "text/event-stream");
        headers.forEach(request::header);
        try {
            HttpResponse<InputStream> response =
                    CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                throw new AssertionError(response.statusCode() + " "
                        + new String(response.body().readAllBytes(), StandardCharsets.UTF_8));
            }
            return new EventClient(response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Opens a stream in a user's name. */
    public static EventClient open(TestUser user, String path) {
        return open(path, Map.of("Authorization", "Bearer " + Actors.token(user)));
    }

    public @Nullable String header(String name) {
        return response.headers().firstValue(name).orElse(null);
    }

    /** The next block, whatever it is. */
    public Block next() {
        try {
            Block block = blocks.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (block == null) {
                throw new AssertionError("Nothing came for " + PATIENCE_SECONDS + " seconds");
            }
            return block;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** The next event; comments are passed over. */
    public Block nextEvent() {
        Block block = next();
        while (!block.isEvent() && !block.isEnd()) {
            block = next();
        }
        return block;
    }

    /** Goes away without a word. */
    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            Map<String, String> fields = new TreeMap<>();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    blocks.add(new Block(fields));
                    fields = new TreeMap<>();
                } else {
                    int colon = line.indexOf(':');
                    fields.put(
                            line.substring(0, colon), line.substring(colon + 1).strip());
                }
            }
        } catch (IOException e) {
            // as an end
        }
        blocks.add(Block.END);
    }
}
