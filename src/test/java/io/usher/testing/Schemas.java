package io.usher.testing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.oas.OpenApi30;
import com.networknt.schema.oas.OpenApi31;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Checks bodies against the schemas of an OpenAPI document, 3.0 or 3.1; a property that no schema names is at fault, too. */
class Schemas {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String REFERENCE = "\"$ref\":\"#/components/schemas/";
    private static final String DOCUMENT = "https://usher.invalid/openapi.json";

    private final Map<JsonNode, JsonSchema> compiled = new ConcurrentHashMap<>();
    private final JsonNode root;
    private final JsonSchemaFactory factory;
    private final SchemaValidatorsConfig config =
            SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();

    Schemas(JsonNode root) {
        this.root = root;
        boolean old = root.path("openapi").asText().startsWith("3.0");
        this.factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012, builder -> {
            JsonMetaSchema dialect = old ? OpenApi30.getInstance() : OpenApi31.getInstance();
            builder.schemaLoaders(
                    loaders -> loaders.schemas(Map.of(DOCUMENT, componentsOnly().toString())));
            builder.metaSchema(dialect).defaultMetaSchemaIri(dialect.getIri());
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

    /** The document as one schema whose "$defs" the references lead into: other members would be keywords that no dialect knows. */
    private JsonNode componentsOnly() {
        String schemas = root.path("components").path("schemas").toString();
        return JSON.createObjectNode().set("$defs", absolute(schemas.isEmpty() ? "{}" : schemas));
    }

    private static JsonNode absolute(String schema) {
        try {
            return JSON.readTree(schema.replace(REFERENCE, "\"$ref\":\"" + DOCUMENT + "#/$defs/"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private JsonSchema compile(JsonNode schema) {
        return compiled.computeIfAbsent(schema, one -> factory.getSchema(absolute(one.toString()), config));
    }
}
