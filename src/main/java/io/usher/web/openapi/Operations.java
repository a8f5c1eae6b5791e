package io.usher.web.openapi;

import io.usher.web.IdempotencyKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem.HttpMethod;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/** What every operation has beyond what its resource says: the problems it may answer, its headers, and who may call it. */
final class Operations {
    private static final String USER_ID = "The user: a UUID, or the V1 id, 32 hex digits";

    private Operations() {}

    static void complete(OpenAPI document) {
        document.getPaths().getPathItems().forEach((path, item) -> item.getOperations()
                .forEach((method, operation) -> {
                    referToShared(document.getComponents().getParameters(), operation);
                    complete(path, method, operation);
                    requireBody(document, operation);
                }));
    }

    /** A body may be left out where nothing in it is required. */
    private static void requireBody(OpenAPI document, Operation operation) {
        if (operation.getRequestBody() != null) {
            operation
                    .getRequestBody()
                    .setRequired(operation.getRequestBody().getContent().getMediaTypes().values().stream()
                            .anyMatch(media -> hasRequired(document, media.getSchema())));
        }
    }

    private static boolean hasRequired(OpenAPI document, Schema schema) {
        String reference = schema.getRef();
        Schema resolved = reference == null
                ? schema
                : document.getComponents().getSchemas().get(reference.substring(reference.lastIndexOf('/') + 1));
        return resolved != null
                && resolved.getRequired() != null
                && !resolved.getRequired().isEmpty();
    }

    /** A parameter of which nothing is said where it stands is the shared one of its name. */
    private static void referToShared(Map<String, Parameter> shared, Operation operation) {
        parameters(operation).stream()
                .filter(parameter -> parameter.getRef() == null && parameter.getDescription() == null)
                .forEach(parameter -> shared.forEach((key, component) -> {
                    if (component.getName().equals(parameter.getName()) && component.getIn() == parameter.getIn()) {
                        operation.removeParameter(parameter);
                        operation.addParameter(OASFactory.createParameter().ref("#/components/parameters/" + key));
                    }
                }));
    }

    private static void complete(String path, HttpMethod method, Operation operation) {
        boolean open =
                operation.getSecurity() == null || operation.getSecurity().isEmpty();
        operation.setSecurity(
                open
                        ? List.of()
                        : List.of(
                                OASFactory.createSecurityRequirement().addScheme("bearer"),
                                OASFactory.createSecurityRequirement().addScheme("apiKey")));
        describeUserId(operation);
        completeResponses(operation, statuses(path, method, operation, open));
    }

    private static TreeSet<Integer> statuses(String path, HttpMethod method, Operation operation, boolean open) {
        TreeSet<Integer> statuses = new TreeSet<>(List.of(400, 406, 429, 500, 503));
        if (!open || path.startsWith("/api/auth/")) {
            statuses.addAll(List.of(401, 403));
        }
        if (path.contains("{")) {
            statuses.add(404);
        }
        if (operation.getRequestBody() != null) {
            statuses.addAll(List.of(413, 415));
        }
        if (method != HttpMethod.GET && method != HttpMethod.HEAD) {
            statuses.add(409);
        }
        if (hasParameter(operation, "ifMatch", "If-Match")) {
            statuses.add(412);
        }
        if (hasParameter(operation, "idempotencyKey", IdempotencyKey.HEADER)) {
            statuses.add(422);
        }
        return statuses;
    }

    /** What a resource says of a status itself stays, with the reusable problem in place of a mere description. */
    private static void completeResponses(Operation operation, TreeSet<Integer> problems) {
        APIResponses responses = OASFactory.createAPIResponses();
        Map<String, APIResponse> declared = operation.getResponses().getAPIResponses();
        declared.forEach((status, response) -> {
            if (status.startsWith("4") || status.startsWith("5")) {
                problems.add(Integer.valueOf(status));
            } else {
                Headers.COMMON.forEach(name -> response.addHeader(name, Headers.reference(name)));
                responses.addAPIResponse(status, response);
            }
        });
        if (hasParameter(operation, "ifNoneMatch", "If-None-Match")) {
            responses.addAPIResponse(
                    "304", OASFactory.createAPIResponse().description("The client has this view already"));
        }
        problems.forEach(
                status -> responses.addAPIResponse(Integer.toString(status), ProblemSchemas.reference(status)));
        operation.setResponses(responses);
    }

    private static void describeUserId(Operation operation) {
        parameters(operation).stream()
                .filter(parameter -> "userId".equals(parameter.getName()) && parameter.getDescription() == null)
                .forEach(parameter -> parameter.setDescription(USER_ID));
    }

    private static boolean hasParameter(Operation operation, String component, String name) {
        return parameters(operation).stream()
                .anyMatch(parameter -> name.equalsIgnoreCase(parameter.getName())
                        || ("#/components/parameters/" + component).equals(parameter.getRef()));
    }

    private static List<Parameter> parameters(Operation operation) {
        return operation.getParameters() == null ? List.of() : new ArrayList<>(operation.getParameters());
    }
}
