package io.usher.testing;

import io.quarkus.arc.Arc;
import io.restassured.RestAssured;
import io.restassured.filter.Filter;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Puts the contract checks before every call of a test, and the clock right after it. */
class UsherTestExtension implements BeforeEachCallback, AfterEachCallback {
    private static final List<Filter> CHECKS = List.of(new ContractFilter());

    @Override
    public void beforeEach(ExtensionContext context) {
        RestAssured.replaceFiltersWith(CHECKS);
        RestAssured.enableLoggingOfRequestAndResponseIfValidationFails();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Arc.container().instance(MutableClock.class).get().reset();
    }
}
