package io.usher.testing;

import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;
import java.util.List;

/** Fails a test whose response is not what the OpenAPI document promises: status, content type, body. */
class ContractFilter implements Filter {
    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext context) {
        Response response = context.next(request, expected);
        URI uri = URI.create(request.getURI());
        if (uri.getPath() == null || uri.getPath().startsWith("/q/")) {
            return response;
        }
        List<String> faults = OpenApi.served(uri.resolve("/").toString())
                .faults(
                        request.getMethod(),
                        uri.getPath(),
                        response.statusCode(),
                        response.contentType(),
                        response.asString());
        if (!faults.isEmpty()) {
            throw new AssertionError(request.getMethod() + " " + uri.getPath() + " answered " + response.statusCode()
                    + ", and the OpenAPI document disagrees:\n - " + String.join("\n - ", faults) + "\n"
                    + response.asString());
        }
        return response;
    }
}
