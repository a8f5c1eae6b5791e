package io.usher.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** For tests that ask so much, and of so few accounts, that the limiter would answer most of it. */
public class NoLimits implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "usher.rate-limit.enabled",
                "false",
                "usher.export.max-concurrent",
                "12",
                "usher.import.max-concurrent",
                "12",
                "usher.import.max-queued",
                "100");
    }
}
