package io.usher.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.oas.OpenApi30;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Checks bodies against the schemas of an OpenAPI document, 3.0 or 3.1; a property that no schema names is at fault, too. */
class Schemas {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String DOCUMENT = "https://usher.invalid/openapi.json";

    private final JsonNode root;
    private final JsonSchemaFactory factory;
    private final SchemaValidatorsConfig config =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    Schemas(JsonNode root) {
        this.root = root;
        boolean old = root.path("openapi").asText().startsWith("3.0");
        this.factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012, builder -> {
            builder.schemaLoaders(loaders -> loaders.schemas(Map.of(DOCUMENT, root.toString())));
            if (old) {
                builder.metaSchema(OpenApi30.getInstance()).defaultMetaSchemaIri(OpenApi30.getInstance().getIri());
            }
        });
    }

    /** What is wrong with a body. */
    List<String> faults(JsonNode schema, String body) {
        try {
            JsonNode value = JSON.readTree(body);
            List<String> faults = new ArrayList<>();
            compile(schema).validate(value).forEach(message -> faults.add(message.getMessage()));
            new UndocumentedProperties(root).find(value, schema, "$", faults);
            return faults;
        } catch (JsonProcessingException e) {
            return List.of("the body is not JSON: " + e.getOriginalMessage());
        }
    }

    private JsonSchema compile(JsonNode schema) {
        String reference = schema.path("$ref").asText("");
        if (!reference.isEmpty()) {
            return factory.getSchema(SchemaLocation.of(DOCUMENT + reference), config);
        }
        // An inline schema may refer to components: make its references absolute.
        String text = schema.toString().replace("\"$ref\":\"#/", "\"$ref\":\"" + DOCUMENT + "#/");
        return factory.getSchema(text, config);
    }
}
