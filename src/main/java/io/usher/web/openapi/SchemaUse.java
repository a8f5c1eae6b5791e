package io.usher.web.openapi;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.jspecify.annotations.Nullable;

/** Finds out which schemas requests are made of, and which responses. */
final class SchemaUse {
    private static final String PREFIX = "#/components/schemas/";

    private final OpenAPI document;

    SchemaUse(OpenAPI document) {
        this.document = document;
    }

    /** The names of the schemas that JSON in requests is made of. Forms are read by other code, in another way. */
    Set<String> sent() {
        Set<String> names = new LinkedHashSet<>();
        bodies().forEach(body -> collect(body, names));
        return names;
    }

    /** The names of the schemas that responses are made of: views, which always have all their properties. */
    Set<String> answered() {
        Set<String> names = new LinkedHashSet<>();
        addName("Problem", names);
        operations()
                .flatMap(operation -> operation.getResponses().getAPIResponses().values().stream())
                .flatMap(response -> schemas(response.getContent(), ""))
                .forEach(body -> collect(body, names));
        return names;
    }

    /** What stands at requests as the schema of their JSON. */
    Stream<Schema> bodies() {
        return operations()
                .filter(operation -> operation.getRequestBody() != null)
                .flatMap(operation -> schemas(operation.getRequestBody().getContent(), "json"));
    }

    /** The schema of a name. */
    Schema schema(String name) {
        return Objects.requireNonNull(document.getComponents().getSchemas().get(name));
    }

    /** The name that a schema refers to; null where it is no reference. */
    static @Nullable String referred(Schema schema) {
        String reference = schema.getRef();
        return reference == null || !reference.startsWith(PREFIX) ? null : reference.substring(PREFIX.length());
    }

    static void refer(Schema schema, String name) {
        schema.setRef(PREFIX + name);
    }

    /** Hands over a schema and all that it is put together from, up to what it refers to. */
    static void walk(@Nullable Schema schema, Consumer<Schema> visitor) {
        if (schema == null) {
            return;
        }
        visitor.accept(schema);
        walk(schema.getItems(), visitor);
        walk(schema.getAdditionalPropertiesSchema(), visitor);
        Stream.of(
                        schema.getProperties() == null
                                ? null
                                : schema.getProperties().values(),
                        schema.getOneOf(),
                        schema.getAnyOf(),
                        schema.getAllOf())
                .filter(Objects::nonNull)
                .flatMap(Collection::stream)
                .forEach(part -> walk(part, visitor));
    }

    private Stream<Operation> operations() {
        return document.getPaths().getPathItems().values().stream()
                .flatMap(item -> item.getOperations().values().stream());
    }

    private static Stream<Schema> schemas(@Nullable Content content, String mediaType) {
        return content == null
                ? Stream.of()
                : content.getMediaTypes().entrySet().stream()
                        .filter(body -> body.getKey().endsWith(mediaType))
                        .map(Map.Entry::getValue)
                        .flatMap(body -> Stream.ofNullable(body.getSchema()));
    }

    private void collect(Schema schema, Set<String> names) {
        walk(schema, part -> {
            String name = referred(part);
            if (name != null) {
                addName(name, names);
            }
        });
    }

    private void addName(String name, Set<String> names) {
        if (names.add(name)) {
            collect(schema(name), names);
        }
    }
}
