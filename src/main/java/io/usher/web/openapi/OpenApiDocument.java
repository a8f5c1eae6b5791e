package io.usher.web.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.jboss.jandex.IndexView;

/**
 * Completes the OpenAPI document when the application is built: what holds for every operation is said here once, and what the code
 * knows (problem codes, what can be null) is taken from the code. The rest stands in {@code META-INF/openapi.yaml} and on the resources.
 */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class OpenApiDocument implements OASFilter {
    private final RecordSchemas records;

    public OpenApiDocument(IndexView index) {
        this.records = new RecordSchemas(index);
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        records.complete(document);
        ProblemSchemas.addTo(document);
        Operations.complete(document);
    }
}
