package io.usher.config;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Makes the clock a bean, so that tests can move it. */
class Time {
    @Produces
    @Singleton
    Clock utc() {
        return Clock.systemUTC();
    }
}
