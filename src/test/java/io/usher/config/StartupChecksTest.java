package io.usher.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.usher.testing.LogCapture;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartupChecksTest {
    @TempDir
    Path keys;

    private final Map<String, String> settings = new HashMap<>();

    @BeforeEach
    void complete() {
        settings.put("quarkus.datasource.reactive.url", "postgresql://db:5432/usher");
        settings.put("quarkus.datasource.jdbc.url", "jdbc:postgresql://db:5432/usher");
        settings.put("quarkus.datasource.username", "usher");
        settings.put("quarkus.datasource.password", "secret");
        settings.put("quarkus.redis.hosts", "redis://redis:6379");
        settings.put("usher.auth.keys-dir", keys.toString());
        settings.put("usher.public-url", "https://api.example.com");
    }

    @Test
    void letCompleteSettingsPass() {
        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "quarkus.datasource.reactive.url",
                "quarkus.datasource.jdbc.url",
                "quarkus.datasource.username",
                "quarkus.datasource.password",
                "quarkus.redis.hosts",
                "usher.auth.keys-dir"
            })
    void refuseWithoutARequiredSetting(String property) {
        settings.remove(property);

        assertThatThrownBy(this::check)
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining(property + " (" + Settings.environmentVariable(property) + "): is missing");
    }

    @ParameterizedTest
    @CsvSource({
        "usher.public-url, http://api.example.com",
        "usher.public-url, api.example.com",
        "usher.auth.bcrypt-cost, 9",
        "usher.auth.bcrypt-cost, -1",
        "usher.auth.keys-dir, /no/such/folder"
    })
    void refuseARisk(String property, String value) {
        settings.put(property, value);

        assertThatThrownBy(this::check)
                .isInstanceOf(StartRefusedException.class)
                .hasMessageContaining(property)
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "usher.public-url, https://api.localhost",
        "usher.auth.password-setup, open",
        "usher.rate-limit.enabled, false",
        "usher.auth.bcrypt-cost, 10"
    })
    void letARiskThatMayBeWantedPass(String property, String value) {
        settings.put(property, value);

        assertThatCode(this::check).doesNotThrowAnyException();
    }

    @Test
    void warnWhereAnyClientCanNameItsAddress() {
        settings.put("quarkus.http.proxy.proxy-address-forwarding", "true");
        assertThat(warnings()).singleElement().asString().contains("quarkus.http.proxy.trusted-proxies");

        settings.put("quarkus.http.proxy.trusted-proxies", "10.0.0.0/8");
        assertThat(warnings()).isEmpty();
    }

    private List<String> warnings() {
        try (LogCapture log = new LogCapture()) {
            check();
            return log.lines();
        }
    }

    @Test
    void nameEverythingAtOnce() {
        settings.clear();
        settings.put("usher.public-url", "http://api.example.com");

        assertThatThrownBy(this::check)
                .hasMessageContainingAll(
                        "QUARKUS_DATASOURCE_REACTIVE_URL",
                        "QUARKUS_DATASOURCE_JDBC_URL",
                        "QUARKUS_DATASOURCE_USERNAME",
                        "QUARKUS_DATASOURCE_PASSWORD",
                        "QUARKUS_REDIS_HOSTS",
                        "USHER_AUTH_KEYS_DIR",
                        "USHER_PUBLIC_URL");
    }

    private void check() {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 500))
                .build();
        StartupChecks.require(config);
    }
}
