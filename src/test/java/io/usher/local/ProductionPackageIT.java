package io.usher.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** The package in a profile that is not local mode. */
class ProductionPackageIT {
    @Test
    void withoutSettingsStopsWithOneMessageThatNamesThemAll() {
        try (PackagedUsher usher = PackagedUsher.bare(Map.of())) {
            assertThat(usher.awaitExit()).isEqualTo(1);

            assertThat(usher.output())
                    .contains("quarkus.datasource.reactive.url (QUARKUS_DATASOURCE_REACTIVE_URL)")
                    .contains("quarkus.datasource.jdbc.url (QUARKUS_DATASOURCE_JDBC_URL)")
                    .contains("quarkus.datasource.username (QUARKUS_DATASOURCE_USERNAME)")
                    .contains("quarkus.datasource.password (QUARKUS_DATASOURCE_PASSWORD)")
                    .contains("quarkus.redis.hosts (QUARKUS_REDIS_HOSTS)")
                    .contains("usher.auth.keys-dir (USHER_AUTH_KEYS_DIR)")
                    .doesNotContain("\tat ", "Exception");
        }
    }

    @Test
    void withSettingsThatAreARiskStopsAndNamesThem() {
        Map<String, String> risky = Map.of(
                "QUARKUS_PROFILE", "staging",
                "QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://127.0.0.1:1/usher",
                "QUARKUS_DATASOURCE_USERNAME", "usher",
                "QUARKUS_DATASOURCE_PASSWORD", "secret",
                "QUARKUS_REDIS_HOSTS", "redis://127.0.0.1:1",
                "USHER_AUTH_KEYS_DIR", "/no/such/folder",
                "USHER_AUTH_BCRYPT_COST", "9",
                "USHER_PUBLIC_URL", "http://users.example.com");
        try (PackagedUsher usher = PackagedUsher.bare(risky)) {
            assertThat(usher.awaitExit()).isEqualTo(1);

            assertThat(usher.output())
                    .contains("'staging'", "usher.auth.keys-dir", "usher.auth.bcrypt-cost", "usher.public-url")
                    .doesNotContain("is missing", "secret", "\tat ");
        }
    }
}
