package io.usher.testing;

import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import io.usher.problem.ProblemCode;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Fails a test in which an error is not a whole problem (RFC 9457) with a code that the contract knows, or a response has no request id. */
class ProblemFilter implements Filter {
    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext context) {
        Response response = context.next(request, expected);
        String path = URI.create(request.getURI()).getRawPath();
        if (path.startsWith("/q/")) {
            return response;
        }
        List<String> faults = new ArrayList<>();
        if (response.header("X-Request-Id") == null) {
            faults.add("there is no X-Request-Id");
        }
        if (response.statusCode() >= 400 && !request.getMethod().equals("HEAD")) {
            checkProblem(response, path, faults);
        }
        if (!faults.isEmpty()) {
            throw new AssertionError(request.getMethod() + " " + path + " answered " + response.statusCode() + ": "
                    + String.join("; ", faults) + "\n" + response.headers() + "\n" + response.asString());
        }
        return response;
    }

    private static void checkProblem(Response response, String path, List<String> faults) {
        String type = String.valueOf(response.contentType());
        if (!type.startsWith("application/problem+json")) {
            faults.add("its content type is " + type);
            return;
        }
        JsonPath body = JsonPath.from(response.asString());
        for (String member : List.of("type", "title", "detail", "instance", "code", "requestId")) {
            if (!(body.get(member) instanceof String)) {
                faults.add("'" + member + "' is not there");
            }
        }
        String code = String.valueOf(body.<Object>get("code"));
        expect(faults, "type", "/problems/" + code, body.get("type"));
        expect(faults, "status", response.statusCode(), body.get("status"));
        expect(faults, "requestId", response.header("X-Request-Id"), body.get("requestId"));
        expect(
                faults,
                "status of the code",
                ProblemCode.of(code).map(ProblemCode::status).orElse(null),
                response.statusCode());
        checkErrors(code, body.get("errors"), faults);
        checkNothingLeaks(response.asString(), faults);
        if (response.statusCode() == 429 || response.statusCode() == 503) {
            expect(faults, "Retry-After", true, response.header("Retry-After") != null);
        }
    }

    private static void checkErrors(String code, @Nullable List<Map<String, Object>> errors, List<String> faults) {
        if (code.equals("validation_failed") != (errors != null && !errors.isEmpty())) {
            faults.add("'errors' is for validation_failed, and only for it");
            return;
        }
        for (Map<String, Object> error : errors == null ? List.<Map<String, Object>>of() : errors) {
            if (!error.keySet().equals(java.util.Set.of("field", "code", "message"))) {
                faults.add("an error has " + error.keySet());
            }
        }
    }

    private static void checkNothingLeaks(String body, List<String> faults) {
        for (String secret : List.of(
                "Exception", "io.usher", "org.hibernate", "io.vertx", "java.lang", "\tat ", "ERROR:", "SQLSTATE")) {
            if (body.contains(secret)) {
                faults.add("it says '" + secret + "'");
            }
        }
    }

    private static void expect(List<String> faults, String what, @Nullable Object expected, @Nullable Object actual) {
        if (!Objects.equals(expected, actual)) {
            faults.add("'" + what + "' is " + actual + " and should be " + expected);
        }
    }
}
