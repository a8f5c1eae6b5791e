package io.usher.load;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** As in production where it counts: bcrypt at its real cost. The limiter works, with limits that one machine does not reach. */
public class LoadProfile implements QuarkusTestProfile {
    static final int COST = 12;

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "usher.auth.bcrypt-cost", Integer.toString(COST),
                "usher.rate-limit.api", "1000000/1s",
                "usher.rate-limit.sensitive-per-ip", "1000000/60s");
    }
}
