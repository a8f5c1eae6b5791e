package io.usher.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The OpenAPI document that the application serves, as tests ask it: which operations there are, and whether a response fits. */
public final class OpenApi {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");
    private static final Map<String, OpenApi> SERVED = new ConcurrentHashMap<>();

    private final JsonNode root;
    private final Schemas schemas;
    private final List<Operation> operations = new ArrayList<>();

    /** One operation of the document. */
    public record Operation(String id, String method, PathTemplate path, JsonNode node) {
        @Override
        public String toString() {
            return id + " (" + method + " " + path + ")";
        }

        /** Whether it takes a body. */
        public boolean hasBody() {
            return node.has("requestBody");
        }
    }

    private OpenApi(JsonNode root) {
        this.root = root;
        this.schemas = new Schemas(root);
        for (Map.Entry<String, JsonNode> path : root.path("paths").properties()) {
            for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
                if (METHODS.contains(method.getKey())) {
                    JsonNode node = method.getValue();
                    String name = method.getKey().toUpperCase(java.util.Locale.ROOT);
                    String id = node.path("operationId").asText(name + " " + path.getKey());
                    operations.add(new Operation(id, name, new PathTemplate(path.getKey()), node));
                }
            }
        }
    }

    /** The document of the application at this address, read once. */
    public static OpenApi served(String baseUri) {
        return SERVED.computeIfAbsent(baseUri, uri -> parse(text(uri, "json")));
    }

    /** A document from its JSON. */
    public static OpenApi parse(String json) {
        try {
            return new OpenApi(JSON.readTree(json));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The document as it is served, in {@code json} or {@code yaml}. */
    public static String text(String baseUri, String format) {
        try {
            URI uri = URI.create(baseUri).resolve("/q/openapi?format=" + format);
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(uri + " answered " + answer.statusCode());
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public List<Operation> operations() {
        return List.copyOf(operations);
    }

    /** The whole document. */
    public JsonNode root() {
        return root;
    }

    /** What it says at a reference such as {@code #/components/schemas/User}, or the node itself where it is no reference. */
    public JsonNode resolve(JsonNode node) {
        JsonNode here = node;
        while (here.has("$ref")) {
            here = root.at(here.get("$ref").asText().substring(1));
        }
        return here;
    }

    /** The operation that answers such a request; templates without parameters go before those with. */
    public Optional<Operation> operation(String method, String path) {
        String wanted = method.equals("HEAD") ? "GET" : method;
        return operations.stream()
                .filter(o -> o.method().equals(wanted) && o.path().matches(path))
                .min(java.util.Comparator.comparingInt(
                        o -> o.path().parameters().size()));
    }

    /** In what a JSON value differs from a schema of the document. */
    public List<String> faults(JsonNode schema, JsonNode value) {
        return schemas.faults(schema, value.toString());
    }

    /** In what a response differs from what is promised; nothing where there is no such operation. */
    List<String> faults(String method, String path, int status, @Nullable String contentType, String body) {
        Optional<Operation> operation = operation(method, path);
        return operation.isEmpty() ? List.of() : faults(operation.get(), method, status, contentType, body);
    }

    private List<String> faults(
            Operation operation, String method, int status, @Nullable String contentType, String body) {
        JsonNode responses = operation.node().path("responses");
        String key = responses.has(Integer.toString(status)) ? Integer.toString(status) : "default";
        JsonNode response = resolve(responses.path(key));
        if (response.isMissingNode()) {
            List<String> known = new ArrayList<>();
            responses.fieldNames().forEachRemaining(known::add);
            return List.of("status " + status + " of " + operation + " is not documented; these are: " + known);
        }
        JsonNode content = response.path("content");
        if (method.equals("HEAD") || (content.isMissingNode() && body.isEmpty())) {
            return List.of();
        }
        String mediaType = contentType == null ? "" : contentType.replaceFirst("\\s*;.*", "");
        JsonNode media = content.path(mediaType);
        if (media.isMissingNode()) {
            return List.of("content type '" + mediaType + "' of " + operation + " " + status + " is not documented");
        }
        return mediaType.endsWith("json") ? schemas.faults(media.path("schema"), body) : List.of();
    }
}
