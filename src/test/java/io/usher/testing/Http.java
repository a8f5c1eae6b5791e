package io.usher.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.restassured.RestAssured;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Calls without the comfort of rest-assured, and at a tenth of its cost: for tests that make thousands. Responses are held against the same
 * {@link ResponseChecks}.
 */
public final class Http {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = new JsonMapper();

    private Http() {}

    /** A call of JSON in nobody's name; the path is sent as it stands. */
    public static Call call(String method, String path) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "application/json");
        headers.put("Content-Type", "application/json");
        return new Call(method, path, headers, null);
    }

    /** A call to make. */
    public record Call(String method, String path, Map<String, String> headers, byte @Nullable [] body) {
        /** With a header, or with another value of one. */
        public Call header(String name, String value) {
            Map<String, String> all = new LinkedHashMap<>(headers);
            all.put(name, value);
            return new Call(method, path, all, body);
        }

        /** In a user's name. */
        public Call as(TestUser user) {
            return header("Authorization", "Bearer " + Actors.token(user));
        }

        public Call withKey(String key) {
            return header("X-API-Key", key);
        }

        public Call json(Object value) {
            try {
                return body("application/json", JSON.writeValueAsBytes(value));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public Call form(Map<String, ?> fields) {
            String form = fields.entrySet().stream()
                    .map(field -> encode(field.getKey()) + "=" + encode(String.valueOf(field.getValue())))
                    .collect(Collectors.joining("&"));
            return body("application/x-www-form-urlencoded", form.getBytes(StandardCharsets.UTF_8));
        }

        public Call body(String contentType, byte[] bytes) {
            Call typed = header("Content-Type", contentType);
            return new Call(method, path, typed.headers(), bytes);
        }

        private static String encode(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }

        /** Makes it. @throws AssertionError where no response may be like this one */
        public Answer send() {
            URI uri = URI.create(RestAssured.baseURI + ":" + RestAssured.port + path);
            Answer answer = exchange(request(uri));
            ResponseChecks.Seen seen =
                    new ResponseChecks.Seen(method, uri, answer.status(), answer::header, answer.body());
            ResponseChecks.requirePromised(seen);
            ResponseChecks.requireWholeProblem(seen);
            return answer;
        }

        private HttpRequest request(URI uri) {
            HttpRequest.BodyPublisher content =
                    body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofByteArray(body);
            HttpRequest.Builder request = HttpRequest.newBuilder(uri).method(method, content);
            headers.forEach(request::setHeader);
            return request.build();
        }

        private static Answer exchange(HttpRequest request) {
            try {
                HttpResponse<InputStream> response = CLIENT.send(request, HttpResponse.BodyHandlers.ofInputStream());
                try (InputStream body = response.body()) {
                    byte[] read = isEndless(response) ? new byte[0] : body.readAllBytes();
                    return new Answer(
                            response.statusCode(), response.headers(), new String(read, StandardCharsets.UTF_8));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(request.method() + " " + request.uri(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /** Of an event stream there is no more to see here than that it began ({@link EventClient}). */
    private static boolean isEndless(HttpResponse<?> response) {
        return response.headers().firstValue("Content-Type").orElse("").startsWith("text/event-stream");
    }

    /** What came back. */
    public record Answer(int status, HttpHeaders headers, String body) {
        public @Nullable String header(String name) {
            return headers.firstValue(name).orElse(null);
        }

        /** The body; a missing node where there is none. */
        public JsonNode json() {
            return body.isEmpty() ? JSON.missingNode() : ResponseChecks.parse(body);
        }

        /** A problem's code; empty where it is none. */
        public String code() {
            String type = header("Content-Type");
            return type != null && type.contains("json") ? json().path("code").asText() : "";
        }
    }
}
