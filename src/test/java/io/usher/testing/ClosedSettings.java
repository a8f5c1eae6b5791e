package io.usher.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** As {@link OpenedSettings}: the first admin, what is refused, how soon, and which other site is let in. */
public class ClosedSettings implements QuarkusTestProfile {
    public static final String ADMIN_EMAIL = "first-admin@example.com";
    public static final String ADMIN_PASSWORD = "First-Horse-1";
    public static final String SITE = "https://app.example.com";

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "usher.admin.email", " First-Admin@Example.com ",
                "usher.admin.password", ADMIN_PASSWORD,
                "usher.registration.enabled", "false",
                "usher.rate-limit.sensitive-per-ip", "100/60s",
                "quarkus.http.idle-timeout", "5S",
                "quarkus.http.cors.enabled", "true",
                "quarkus.http.cors.origins", SITE,
                "quarkus.http.proxy.proxy-address-forwarding", "true",
                "quarkus.http.proxy.allow-x-forwarded", "true",
                "quarkus.http.proxy.enable-forwarded-host", "true");
    }
}
