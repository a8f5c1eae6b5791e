package io.usher.migration;

import io.usher.web.LargeBody;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Lets V1 files be larger than other bodies. */
@Singleton
class V1FileLimit {
    static final String PATH = "/api/admin/migrations/v1";

    @Produces
    @Singleton
    LargeBody limit(MigrationConfig config) {
        return new LargeBody(PATH, config.maxSize().asLongValue());
    }
}
