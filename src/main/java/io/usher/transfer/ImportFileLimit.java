package io.usher.transfer;

import io.usher.web.LargeBody;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** Lets files of users be larger than other bodies. */
@Singleton
class ImportFileLimit {
    static final String PATH = "/api/admin/users/import";

    @Produces
    @Singleton
    LargeBody limit(ImportConfig config) {
        return new LargeBody(PATH, config.maxSize().asLongValue());
    }
}
