package io.usher;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import io.usher.local.LocalBanner;
import jakarta.inject.Inject;

/** What runs once everything has started: the greeting of local mode, then the wait for the end. */
class Service implements QuarkusApplication {
    private final LocalBanner banner;

    @Inject
    Service(LocalBanner banner) {
        this.banner = banner;
    }

    @Override
    public int run(String... args) {
        banner.show();
        Quarkus.waitForExit();
        return 0;
    }
}
