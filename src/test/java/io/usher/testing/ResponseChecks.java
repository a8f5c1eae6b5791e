package io.usher.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.usher.problem.ProblemCode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What holds for every response: the OpenAPI document promises it, and an error is a whole problem (RFC 9457) with a code of the contract. */
final class ResponseChecks {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> SECRETS =
            List.of("Exception", "io.usher", "org.hibernate", "io.vertx", "java.lang", "\tat ", "ERROR:", "SQLSTATE");

    /** A response as it came, with the request that it answers. */
    record Seen(String method, URI uri, int status, Function<String, @Nullable String> header, String body) {}

    private ResponseChecks() {}

    /** @throws AssertionError where the document promises something else */
    static void requirePromised(Seen seen) {
        if (isDocumentation(seen)) {
            return;
        }
        List<String> faults = OpenApi.served(seen.uri().resolve("/").toString())
                .faults(
                        seen.method(),
                        seen.uri().getPath(),
                        seen.status(),
                        seen.header().apply("Content-Type"),
                        seen.body());
        if (!faults.isEmpty()) {
            throw new AssertionError(seen.method() + " " + seen.uri().getPath() + " answered " + seen.status()
                    + ", and the OpenAPI document disagrees:\n - " + String.join("\n - ", faults) + "\n" + seen.body());
        }
    }

    /** @throws AssertionError where an error is no whole problem, or the response has no request id */
    static void requireWholeProblem(Seen seen) {
        if (isDocumentation(seen)) {
            return;
        }
        List<String> faults = new ArrayList<>();
        if (seen.header().apply("X-Request-Id") == null) {
            faults.add("there is no X-Request-Id");
        }
        if (seen.status() >= 400 && !seen.method().equals("HEAD")) {
            checkProblem(seen, faults);
        }
        if (!faults.isEmpty()) {
            throw new AssertionError(seen.method() + " " + seen.uri().getRawPath() + " answered " + seen.status() + ": "
                    + String.join("; ", faults) + "\n" + seen.body());
        }
    }

    private static boolean isDocumentation(Seen seen) {
        String path = seen.uri().getRawPath();
        return path == null || path.startsWith("/q/");
    }

    private static void checkProblem(Seen seen, List<String> faults) {
        String type = String.valueOf(seen.header().apply("Content-Type"));
        if (!type.startsWith("application/problem+json")) {
            faults.add("its content type is " + type);
            return;
        }
        JsonNode body = parse(seen.body());
        for (String member : List.of("type", "title", "detail", "instance", "code", "requestId")) {
            if (!body.path(member).isTextual()) {
                faults.add("'" + member + "' is not there");
            }
        }
        String code = body.path("code").asText();
        expect(faults, "type", "/problems/" + code, body.path("type").asText());
        expect(faults, "status", seen.status(), body.path("status").asInt());
        expect(
                faults,
                "requestId",
                seen.header().apply("X-Request-Id"),
                body.path("requestId").asText());
        expect(
                faults,
                "status of the code",
                ProblemCode.of(code).map(ProblemCode::status).orElse(null),
                seen.status());
        checkErrors(code, body.path("errors"), faults);
        SECRETS.stream().filter(seen.body()::contains).forEach(secret -> faults.add("it says '" + secret + "'"));
        if (seen.status() == 429 || seen.status() == 503) {
            expect(faults, "Retry-After", true, seen.header().apply("Retry-After") != null);
        }
    }

    private static void checkErrors(String code, JsonNode errors, List<String> faults) {
        if (code.equals("validation_failed") != !errors.isEmpty()) {
            faults.add("'errors' is for validation_failed, and only for it");
        }
        for (JsonNode error : errors) {
            Set<String> members = new TreeSet<>();
            error.properties().stream().map(Map.Entry::getKey).forEach(members::add);
            if (!members.equals(Set.of("field", "code", "message"))) {
                faults.add("an error has " + members);
            }
        }
    }

    private static void expect(List<String> faults, String what, @Nullable Object expected, @Nullable Object actual) {
        if (!Objects.equals(expected, actual)) {
            faults.add("'" + what + "' is " + actual + " and should be " + expected);
        }
    }

    static JsonNode parse(String body) {
        try {
            return JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw new AssertionError("No JSON: " + body, e);
        }
    }
}
