package io.usher.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.usher.testing.OpenApi;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Values that tell whether two descriptions of a property are one: of every type, and at the bounds that its schema has. */
final class Probes {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final OpenApi document;
    private final List<JsonNode> values = new ArrayList<>();

    private Probes(OpenApi document) {
        this.document = document;
    }

    static List<JsonNode> of(OpenApi document, JsonNode schema) {
        Probes probes = new Probes(document);
        probes.addTypes();
        probes.addBounds(schema);
        return probes.values;
    }

    /** As text that fits into a message. */
    static String shortened(JsonNode value) {
        String text = value.toString();
        return text.length() <= 100 ? text : text.substring(0, 100) + "… (" + text.length() + ")";
    }

    private void addTypes() {
        List.of(
                        "",
                        " ",
                        "x",
                        "a b",
                        "1",
                        "zoë",
                        "2026-11-20",
                        "2026-11-20T20:15:30Z",
                        "ada@example.com",
                        "ada@example.com?")
                .forEach(text -> values.add(JSON.textNode(text)));
        values.add(JSON.textNode("0198c5f2-7d1a-7c3e-9b5f-3a1d2c4e6f80"));
        values.add(JSON.textNode("f".repeat(32)));
        values.add(JSON.textNode("f".repeat(33)));
        List.of(-1L, 0L, 1L, 7L).forEach(number -> values.add(JSON.numberNode(number)));
        values.add(JSON.numberNode(1.5));
        values.add(JSON.booleanNode(true));
        values.add(JSON.objectNode());
        values.add(JSON.arrayNode());
        values.add(JSON.arrayNode().addNull());
        values.add(JSON.arrayNode().add(1));
        values.add(JSON.arrayNode().addObject());
    }

    private void addBounds(JsonNode schema) {
        JsonNode here = document.resolve(schema);
        here.path("anyOf").forEach(this::addBounds);
        here.path("enum").forEach(values::add);
        here.path("examples").forEach(values::add);
        Stream.of("minimum", "maximum")
                .flatMap(bound -> around(here.path(bound)))
                .forEach(number -> values.add(JSON.numberNode(number)));
        Stream.of("minLength", "maxLength")
                .flatMap(bound -> around(here.path(bound)))
                .filter(length -> length > 0)
                .forEach(length -> values.add(JSON.textNode("x".repeat(length.intValue()))));
        if (here.has("items")) {
            addLists(here);
        }
    }

    private static Stream<Long> around(JsonNode bound) {
        long number = bound.asLong();
        return bound.isMissingNode() ? Stream.of() : Stream.of(number - 1, number, number + 1);
    }

    private void addLists(JsonNode schema) {
        Probes items = new Probes(document);
        items.addBounds(schema.path("items"));
        items.values.forEach(item -> values.add(JSON.arrayNode().add(item)));
        JsonNode item = items.values.isEmpty() ? JSON.textNode("x") : items.values.get(0);
        values.add(JSON.arrayNode().add(item).add(item));
        if (schema.has("maxItems")) {
            values.add(list(schema.path("maxItems").asInt()));
            values.add(list(schema.path("maxItems").asInt() + 1));
        }
    }

    private static ArrayNode list(int size) {
        ArrayNode list = JSON.arrayNode();
        IntStream.range(0, size).forEach(i -> list.add("x" + i));
        return list;
    }
}
