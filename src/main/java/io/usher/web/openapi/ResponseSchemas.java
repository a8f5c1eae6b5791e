package io.usher.web.openapi;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jspecify.annotations.Nullable;

/** Finds the schemas that responses are made of: views, which always have all their properties. */
final class ResponseSchemas {
    private static final String PREFIX = "#/components/schemas/";

    private final Map<String, Schema> schemas;
    private final Set<String> names = new LinkedHashSet<>();

    ResponseSchemas(OpenAPI document) {
        this.schemas = document.getComponents().getSchemas();
        addName("Problem");
        document.getPaths().getPathItems().values().stream()
                .flatMap(item -> item.getOperations().values().stream())
                .forEach(this::addOperation);
    }

    Set<String> names() {
        return names;
    }

    private void addOperation(Operation operation) {
        operation.getResponses().getAPIResponses().values().stream()
                .filter(response -> response.getContent() != null)
                .flatMap(response -> response.getContent().getMediaTypes().values().stream())
                .forEach(body -> add(body.getSchema()));
    }

    private void add(@Nullable Schema schema) {
        if (schema == null) {
            return;
        }
        if (schema.getRef() != null && schema.getRef().startsWith(PREFIX)) {
            addName(schema.getRef().substring(PREFIX.length()));
        }
        add(schema.getItems());
        add(schema.getAdditionalPropertiesSchema());
        addAll(schema.getProperties() == null ? null : schema.getProperties().values());
        addAll(schema.getOneOf());
        addAll(schema.getAnyOf());
        addAll(schema.getAllOf());
    }

    private void addAll(@Nullable Collection<Schema> parts) {
        if (parts != null) {
            parts.forEach(this::add);
        }
    }

    private void addName(String name) {
        if (names.add(name)) {
            add(schemas.get(name));
        }
    }
}
