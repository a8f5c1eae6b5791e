package io.usher.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/**
 * Settings other than the defaults that do not get in each other's way, of several classes: each profile starts the application once more,
 * which takes about ten seconds. Who may come in, and from where: {@link ClosedSettings} has the others.
 */
public class OpenedSettings implements QuarkusTestProfile {
    public static final int MOST_STREAMS = 4;
    public static final int MOST_IN_A_FILE = 4 << 20;

    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "usher.auth.password-setup", "open",
                "usher.registration.verification", "false",
                "usher.rate-limit.enabled", "false",
                "usher.streams.max", Integer.toString(MOST_STREAMS),
                "usher.streams.max-per-user", "2",
                "usher.streams.heartbeat", "2S",
                "usher.import.max-size", Integer.toString(MOST_IN_A_FILE),
                // as README says it is set behind a proxy
                "quarkus.http.proxy.proxy-address-forwarding", "true",
                "quarkus.http.proxy.trusted-proxies", "127.0.0.1");
    }
}
