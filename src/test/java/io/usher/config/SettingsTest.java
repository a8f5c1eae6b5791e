package io.usher.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    @ParameterizedTest
    @CsvSource({
        "quarkus.datasource.reactive.url, postgresql://db:5432/usher, quarkus.datasource.jdbc.url, jdbc:postgresql://db:5432/usher",
        "quarkus.datasource.jdbc.url, jdbc:postgresql://db:5432/usher, quarkus.datasource.reactive.url, postgresql://db:5432/usher"
    })
    void oneDatasourceAddressFollowsFromTheOther(String given, String value, String missing, String expected) {
        assertThat(Settings.derivedDatasource(settings(Map.of(given, value)))).isEqualTo(Map.of(missing, expected));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://one:5432/usher,postgresql://two:5432/usher",
                "postgresql://user:secret@db/usher",
                "postgresql://db/usher?sslmode=require",
                "mysql://db/usher"
            })
    void anAddressThatTheDriversWriteDifferentlyIsNotGuessed(String reactive) {
        assertThat(Settings.derivedDatasource(settings(Map.of("quarkus.datasource.reactive.url", reactive))))
                .isEmpty();
    }

    @Test
    void twoGivenAddressesStay() {
        Map<String, String> both = Map.of(
                "quarkus.datasource.reactive.url",
                "postgresql://pooler/usher",
                "quarkus.datasource.jdbc.url",
                "jdbc:postgresql://db/usher");

        assertThat(Settings.derivedDatasource(settings(both))).isEmpty();
    }

    @Test
    void aBlankSettingIsAMissingOne() {
        assertThat(Settings.value(settings(Map.of("usher.admin.email", "  ")), "usher.admin.email"))
                .isEmpty();
    }

    @Test
    void anEnvironmentVariableIsThePropertyInCapitals() {
        assertThat(Settings.environmentVariable("usher.rate-limit.enabled")).isEqualTo("USHER_RATE_LIMIT_ENABLED");
    }

    private static SmallRyeConfig settings(Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(values, "test", 500))
                .build();
    }
}
