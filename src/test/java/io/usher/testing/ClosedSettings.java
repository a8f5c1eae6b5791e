package io.usher.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** As {@link OpenedSettings}: the first admin, and what is refused, and how soon. */
public class ClosedSettings implements QuarkusTestProfile {
    public static final String ADMIN_EMAIL = "first-admin@example.com";
    public static final String ADMIN_PASSWORD = "First-Horse-1";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "usher.admin.email", " First-Admin@Example.com ",
                "usher.admin.password", ADMIN_PASSWORD,
                "usher.registration.enabled", "false",
                "usher.rate-limit.sensitive-per-ip", "100/60s",
                "quarkus.http.idle-timeout", "5S");
    }
}
