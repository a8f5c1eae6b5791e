package io.usher.transfer;

import io.restassured.RestAssured;
import io.usher.testing.Actors;
import io.usher.testing.TestUser;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.function.BooleanSupplier;

/** A file in whose middle something happens. Its beginning has to fill a few buffers, or nothing is sent before its end is there. */
record SlowFile(String begin, Runnable middle, String end) {
    /** The status of the answer. @param due when it is time for the middle */
    int send(TestUser caller, String prefer, BooleanSupplier due) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(RestAssured.baseURI + ":" + RestAssured.port + ImportCalls.IMPORT))
                .header("Authorization", "Bearer " + Actors.token(caller))
                .header("Content-Type", "text/csv")
                .header("Prefer", prefer)
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> file(due)))
                .build();
        try {
            return HttpClient.newBuilder()
                    .version(HttpClient.Version.HTTP_1_1)
                    .build()
                    .send(request, HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private InputStream file(BooleanSupplier due) {
        InputStream rest = new InputStream() {
            private final InputStream text = new ByteArrayInputStream(ImportCalls.bytes(end));
            private boolean done;

            @Override
            public int read() {
                throw new UnsupportedOperationException("Read by blocks");
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (!done) {
                    done = true;
                    happen(due);
                }
                return text.read(bytes, offset, length);
            }
        };
        return new SequenceInputStream(new ByteArrayInputStream(ImportCalls.bytes(begin)), rest);
    }

    /** What goes wrong here ends the request, which else would wait for the rest. */
    private void happen(BooleanSupplier due) throws IOException {
        try {
            Waiting.until(due);
            middle.run();
        } catch (AssertionError | RuntimeException e) {
            throw new IOException(e);
        }
    }
}
