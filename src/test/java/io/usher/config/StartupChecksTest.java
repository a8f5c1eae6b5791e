package io.usher.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartupChecksTest {
    @TempDir
    Path keys;

    private ProductionSettings settings;

    @BeforeEach
    void complete() {
        settings = new ProductionSettings(keys);
    }

    @Test
    void letCompleteSettingsPass() {
        settings.raiseNothing();
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
        settings.without(property);

        assertThat(settings.refusal())
                .contains(property + " (" + Settings.environmentVariable(property) + "): is missing");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "usher.public-url | http://api.example.com",
                "usher.public-url | api.example.com",
                "usher.mail.reset-url | http://example.com/reset",
                "usher.auth.bcrypt-cost | 9",
                "usher.auth.bcrypt-cost | 08",
                "usher.auth.bcrypt-cost | -1",
                "usher.admin.password | Correct-Horse-7",
                "usher.admin.password | correct-horse-7",
                "quarkus.management.port | 8443",
                "usher.auth.bcrypt-cost | 17",
                "usher.auth.access-token-ttl | 0S",
                "usher.auth.session-ttl | 91D",
                "usher.auth.audience | ' '",
                "usher.database.acquire-timeout | 0.05S",
                "usher.streams.max | 0",
                "usher.database.sweep-every | 6h"
            })
    void refuseARisk(String property, String value) {
        settings.with("quarkus.http.port", "8443").with(property, value).areRefusedFor(property);
    }

    @ParameterizedTest
    @CsvSource({
        "usher.public-url, https://api.localhost",
        "usher.auth.password-setup, open",
        "usher.rate-limit.enabled, false",
        "usher.registration.verification, false",
        "usher.auth.access-token-ttl, 61M",
        "usher.admin.password, Sh0rt-one",
        "quarkus.log.level, DEBUG"
    })
    void warnOfARiskThatMayBeWanted(String property, String value) {
        settings.with(property, value).warnOf(property);
    }

    @ParameterizedTest
    @CsvSource({
        "usher.auth.bcrypt-cost, 10",
        "usher.auth.access-token-ttl, 1H",
        "usher.admin.password, Vw7-kRt2-Zq94-Lm",
        "quarkus.log.level, WARN",
        "quarkus.management.port, 9001"
    })
    void letTheBoundsPass(String property, String value) {
        settings.with("quarkus.http.port", "8443").with(property, value).raiseNothing();
    }

    /** What Quarkus cannot read it names itself, at the same start. */
    @ParameterizedTest
    @CsvSource({"usher.auth.session-ttl, soon", "usher.auth.bcrypt-cost, much"})
    void leaveWhatCannotBeReadToQuarkus(String property, String value) {
        settings.with(property, value).raiseNothing();
    }

    @Test
    void refuseToBelieveAnybodyWhoSaysThatItIsAProxy() {
        settings.with("quarkus.http.proxy.proxy-address-forwarding", "true")
                .areRefusedFor("quarkus.http.proxy.trusted-proxies");

        settings.with("quarkus.http.proxy.trusted-proxies", "10.0.0.0/8").raiseNothing();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"*", "https://app.example.com, *", "/.*/", "/https?:\\/\\/.+/", "https://a.example.com,/https.*/"
            })
    void refuseToAnswerThePagesOfAnybody(String origins) {
        settings.with("quarkus.http.cors.origins", origins).raiseNothing();

        settings.with("quarkus.http.cors.enabled", "true").areRefusedFor("quarkus.http.cors.origins");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://app.example.com", "/https:\\/\\/[a-z]+\\.example\\.com/", "/", "/(/"})
    void letNamedPagesPass(String origins) {
        settings.with("quarkus.http.cors.enabled", "true")
                .with("quarkus.http.cors.origins", origins)
                .raiseNothing();
    }

    /** Whoever copies a command with a password in it gets no further than the start. */
    @Test
    void refuseEveryAdminsPasswordThatStandsInTheDocuments() throws IOException {
        Pattern password =
                Pattern.compile("(?:USHER_ADMIN_PASSWORD['\"]?[:=] *['\"]?|\"password\": ?\")([^\\s'\"<$…{]{8,})");
        Set<String> documented = new TreeSet<>();
        for (Path document : documents()) {
            password.matcher(Files.readString(document)).results().forEach(found -> documented.add(found.group(1)));
        }

        assertThat(documented).contains("Correct-Horse-7");
        documented.forEach(one -> settings.with("usher.admin.password", one).areRefusedFor("usher.admin.password"));
    }

    private static List<Path> documents() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("docs"));
                Stream<Path> deploy = Files.exists(Path.of("deploy")) ? Files.walk(Path.of("deploy")) : Stream.of()) {
            return Stream.of(Stream.of(Path.of("README.md")), docs, deploy)
                    .flatMap(files -> files)
                    .filter(Files::isRegularFile)
                    .toList();
        }
    }

    @Test
    void nameEverythingAtOnce() {
        for (String property : new String[] {
            "quarkus.datasource.reactive.url",
            "quarkus.datasource.jdbc.url",
            "quarkus.datasource.username",
            "quarkus.datasource.password",
            "quarkus.redis.hosts",
            "usher.auth.keys-dir"
        }) {
            settings.without(property);
        }
        settings.with("usher.public-url", "http://api.example.com");

        assertThat(settings.refusal())
                .contains(
                        "QUARKUS_DATASOURCE_REACTIVE_URL",
                        "QUARKUS_DATASOURCE_JDBC_URL",
                        "QUARKUS_DATASOURCE_USERNAME",
                        "QUARKUS_DATASOURCE_PASSWORD",
                        "QUARKUS_REDIS_HOSTS",
                        "USHER_AUTH_KEYS_DIR",
                        "USHER_PUBLIC_URL");
    }
}
