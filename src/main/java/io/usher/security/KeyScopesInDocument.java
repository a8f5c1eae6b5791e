package io.usher.security;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import io.usher.security.OperationScopes.Rule;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.security.SecurityRequirement;
import org.jspecify.annotations.Nullable;

/** Says of every operation in the OpenAPI document which scope an API key needs for it: in words, and as its security requirement. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, priority = 0)
public class KeyScopesInDocument implements OASFilter {
    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getPaths().getPathItems().forEach((path, item) -> item.getOperations()
                .forEach((method, operation) -> complete(operation, OperationScopes.find(method + " " + path))));
    }

    private static void complete(Operation operation, @Nullable Rule rule) {
        if (operation.getSecurity() == null || operation.getSecurity().isEmpty() || (rule != null && rule.open())) {
            return;
        }
        if (rule == null || rule.scope() == null) {
            operation.setSecurity(List.of(requirement("bearer")));
            describe(operation, "Not with an API key.");
        } else {
            String scope = rule.scope().value();
            operation.setSecurity(List.of(requirement("bearer"), requirement("apiKey", scope)));
            describe(operation, "API keys need the scope `" + scope + "`.");
        }
    }

    private static SecurityRequirement requirement(String scheme, String... scopes) {
        return OASFactory.createSecurityRequirement().addScheme(scheme, List.of(scopes));
    }

    private static void describe(Operation operation, String text) {
        String description = operation.getDescription();
        boolean empty = description == null || description.isBlank();
        operation.setDescription(empty ? text : description.strip() + "\n\n" + text);
    }
}
