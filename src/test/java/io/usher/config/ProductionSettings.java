package io.usher.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.usher.testing.LogCapture;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Settings that nothing can be said against, to which a test adds what it is about. */
final class ProductionSettings {
    private final Map<String, String> values = new HashMap<>();

    ProductionSettings(Path keys) {
        with("quarkus.datasource.reactive.url", "postgresql://db:5432/usher?sslmode=verify-full");
        with("quarkus.datasource.jdbc.url", "jdbc:postgresql://db:5432/usher?sslmode=verify-full");
        with("quarkus.datasource.username", "usher");
        with("quarkus.datasource.password", "do-not-print-me");
        with("quarkus.redis.hosts", "rediss://redis:6379");
        with("quarkus.redis.password", "do-not-print-me");
        with("quarkus.mailer.host", "smtp.example.com");
        with("quarkus.mailer.start-tls", "REQUIRED");
        with("quarkus.mailer.from", "Usher <no-reply@example.com>");
        with("usher.auth.keys-dir", keys.toString());
        with("usher.public-url", "https://api.example.com");
    }

    ProductionSettings with(String property, String value) {
        values.put(property, value);
        return this;
    }

    ProductionSettings without(String property) {
        values.remove(property);
        return this;
    }

    void check() {
        StartupChecks.require(new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(values, "test", 500))
                .build());
    }

    /** What the start warns of, if it takes place. */
    List<String> warnings() {
        try (LogCapture log = LogCapture.insteadOf(StartupChecks.class.getName())) {
            check();
            return log.lines();
        }
    }

    /** Why the start is refused; fails where it is not. */
    String refusal() {
        StartRefusedException refused = catchThrowableOfType(StartRefusedException.class, this::check);
        assertThat(refused).as("the start is refused").isNotNull();
        assertThat(refused.getMessage()).doesNotContain("do-not-print-me");
        return refused.getMessage();
    }

    void warnOf(String property) {
        assertThat(warnings())
                .singleElement()
                .asString()
                .contains(property + " (" + Settings.environmentVariable(property) + "): ")
                .doesNotContain("do-not-print-me");
    }

    void areRefusedFor(String property) {
        assertThat(refusal()).contains("\n  - " + property + " (" + Settings.environmentVariable(property) + "): ");
        assertThat(refusal().lines().filter(line -> line.startsWith("  - "))).hasSize(1);
    }

    void raiseNothing() {
        assertThat(warnings()).isEmpty();
    }
}
