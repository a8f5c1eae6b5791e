package io.usher.web.openapi;

import io.smallrye.openapi.model.BaseModel;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;

/**
 * Gives every record that is both sent and answered a schema of its own for requests, {@code FileUserInput} beside {@code FileUser}: a view
 * has all its properties, where a request may leave out what has a default.
 */
final class InputSchemas {
    /** What the name of such a schema ends in, behind that of the view. */
    static final String SUFFIX = "Input";

    private InputSchemas() {}

    /**
     * Lets requests refer to copies, made as long as the schemas still say only what both have in common.
     *
     * @return the names of the schemas that were copied
     */
    static Set<String> separate(OpenAPI document, Predicate<String> isRecord) {
        SchemaUse use = new SchemaUse(document);
        Set<String> sent = use.sent();
        Set<String> both = use.answered();
        both.retainAll(sent);
        both.removeIf(isRecord.negate());
        both.forEach(name ->
                document.getComponents().addSchema(name + SUFFIX, BaseModel.deepCopy(use.schema(name), Schema.class)));
        use.bodies().forEach(body -> referToInputs(body, both));
        sent.forEach(name -> referToInputs(use.schema(both.contains(name) ? name + SUFFIX : name), both));
        return both;
    }

    private static void referToInputs(Schema schema, Set<String> both) {
        SchemaUse.walk(schema, part -> {
            String name = SchemaUse.referred(part);
            if (name != null && both.contains(name)) {
                SchemaUse.refer(part, name + SUFFIX);
            }
        });
    }
}
