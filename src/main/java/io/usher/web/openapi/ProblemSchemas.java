package io.usher.web.openapi;

import io.usher.problem.Problem;
import io.usher.problem.ProblemCode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.examples.Example;
import org.eclipse.microprofile.openapi.models.media.MediaType;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Every problem code of the contract, with an example, in one reusable response for each status. */
final class ProblemSchemas {
    private ProblemSchemas() {}

    static void addTo(OpenAPI document) {
        Schema problem =
                Objects.requireNonNull(document.getComponents().getSchemas().get("Problem"));
        Schema code = Objects.requireNonNull(problem.getProperties().get("code"));
        code.setEnumeration(
                Arrays.stream(ProblemCode.values()).map(c -> (Object) c.code()).toList());
        Arrays.stream(ProblemCode.values())
                .mapToInt(ProblemCode::status)
                .distinct()
                .sorted()
                .forEach(status -> document.getComponents().addResponse(name(status), response(status)));
    }

    /** A reference to the response of a status. */
    static APIResponse reference(int status) {
        return OASFactory.createAPIResponse().ref("#/components/responses/" + name(status));
    }

    private static String name(int status) {
        return "Problem" + status;
    }

    private static APIResponse response(int status) {
        List<ProblemCode> codes = Arrays.stream(ProblemCode.values())
                .filter(code -> code.status() == status)
                .toList();
        MediaType body =
                OASFactory.createMediaType().schema(OASFactory.createSchema().ref("#/components/schemas/Problem"));
        codes.forEach(code -> body.addExample(code.code(), example(code)));
        APIResponse response = OASFactory.createAPIResponse()
                .description(String.join(
                        ", ",
                        codes.stream().map(code -> "`" + code.code() + "`").toList()))
                .content(OASFactory.createContent().addMediaType(Problem.MEDIA_TYPE, body));
        Headers.COMMON.forEach(name -> response.addHeader(name, Headers.reference(name)));
        if (status == 429 || status == 503) {
            response.addHeader("Retry-After", Headers.reference("Retry-After"));
        }
        if (status == 401) {
            response.addHeader("WWW-Authenticate", Headers.reference("WWW-Authenticate"));
        }
        return response;
    }

    private static Example example(ProblemCode code) {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("type", code.type());
        value.put("title", code.title());
        value.put("status", code.status());
        value.put("detail", code.title() + ".");
        value.put("instance", "/api/users");
        value.put("code", code.code());
        value.put("requestId", "5f1c7a0e9b3d4c2a8e6f0d1b2c3a4f5e");
        if (code == ProblemCode.VALIDATION_FAILED) {
            value.put("detail", "Not valid: email.");
            Map<String, Object> error = new LinkedHashMap<>();
            error.put("field", "email");
            error.put("code", "format");
            error.put("message", "must be an email address");
            value.put("errors", List.of(error));
        }
        return OASFactory.createExample().summary(code.advice()).value(value);
    }
}
