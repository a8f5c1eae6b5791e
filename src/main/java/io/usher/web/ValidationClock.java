package io.usher.web;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import jakarta.validation.ClockProvider;
import java.time.Clock;

/** The clock by which constraints such as {@code @Future} judge: the application's, so that tests can move it. */
@Singleton
class ValidationClock implements ClockProvider {
    private final Clock clock;

    @Inject
    ValidationClock(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Clock getClock() {
        return clock;
    }
}
