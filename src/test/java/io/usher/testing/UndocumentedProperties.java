package io.usher.testing;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds what a body has and its schema does not name: such a property would be part of the contract without standing in it. */
record UndocumentedProperties(JsonNode root) {
    void find(JsonNode value, JsonNode schema, String path, List<String> faults) {
        if (value.isArray()) {
            List<JsonNode> items = members(schema, "items");
            for (int i = 0; i < value.size() && !items.isEmpty(); i++) {
                find(value.get(i), items.get(0), path + "[" + i + "]", faults);
            }
        } else if (value.isObject()) {
            findIn(value, schema, path, faults);
        }
    }

    private void findIn(JsonNode value, JsonNode schema, String path, List<String> faults) {
        Map<String, JsonNode> known = new HashMap<>();
        members(schema, "properties")
                .forEach(all -> all.properties().forEach(one -> known.put(one.getKey(), one.getValue())));
        List<JsonNode> others = members(schema, "additionalProperties");
        for (Map.Entry<String, JsonNode> property : value.properties()) {
            String at = path + "." + property.getKey();
            if (known.containsKey(property.getKey())) {
                find(property.getValue(), known.get(property.getKey()), at, faults);
            } else if (others.isEmpty()
                    || others.get(0).isBoolean() && !others.get(0).asBoolean()) {
                faults.add(at + ": is not documented");
            } else if (others.get(0).isObject()) {
                find(property.getValue(), others.get(0), at, faults);
            }
        }
    }

    /** A keyword of a schema and of all that it is put together from. */
    private List<JsonNode> members(JsonNode schema, String keyword) {
        List<JsonNode> found = new ArrayList<>();
        JsonNode here = schema;
        while (here.has("$ref")) {
            here = root.at(here.get("$ref").asText().substring(1));
        }
        if (here.has(keyword)) {
            found.add(here.get(keyword));
        }
        for (String combined : List.of("allOf", "oneOf", "anyOf")) {
            here.path(combined).forEach(part -> found.addAll(members(part, keyword)));
        }
        return found;
    }
}
