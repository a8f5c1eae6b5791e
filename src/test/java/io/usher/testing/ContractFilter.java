package io.usher.testing;

import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;
import java.net.URI;

/** Holds every response of a test that is made with rest-assured against {@link ResponseChecks}. */
class ContractFilter implements Filter {
    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification expected, FilterContext context) {
        Response response = context.next(request, expected);
        ResponseChecks.Seen seen = new ResponseChecks.Seen(
                request.getMethod(),
                URI.create(request.getURI()),
                response.statusCode(),
                response::header,
                response.asString());
        ResponseChecks.requirePromised(seen);
        ResponseChecks.requireWholeProblem(seen);
        return response;
    }
}
