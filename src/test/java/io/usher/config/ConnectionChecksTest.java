package io.usher.config;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConnectionChecksTest {
    private static final String REACTIVE = "quarkus.datasource.reactive.url";
    private static final String JDBC = "quarkus.datasource.jdbc.url";
    private static final String REDIS = "quarkus.redis.hosts";

    @TempDir
    Path keys;

    private ProductionSettings settings;

    @BeforeEach
    void complete() {
        settings = new ProductionSettings(keys);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://db:5432/usher",
                "postgresql://db/usher?sslmode=prefer",
                "postgresql://10.0.0.7/usher?application_name=usher",
                "postgresql://localhost.example.com/usher",
                "postgresql://127.0.0.1:5432,db:5432/usher"
            })
    void warnWhereStatementsTravelInClear(String url) {
        settings.with(REACTIVE, url).warnOf(REACTIVE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgresql://localhost:5432/usher",
                "postgresql://127.0.0.1/usher",
                "postgresql://[::1]:5432/usher",
                "postgresql:///usher?host=/run/postgresql",
                "postgresql://db/usher?application_name=usher&sslmode=require"
            })
    void sayNothingWhereNobodyListens(String url) {
        settings.with(REACTIVE, url).raiseNothing();
    }

    @Test
    void knowTheSettingsThatEncryptAsWellAsTheAddresses() {
        settings.with(REACTIVE, "postgresql://db/usher")
                .with("quarkus.datasource.reactive.postgresql.ssl-mode", "VERIFY-FULL")
                .raiseNothing();

        settings.with(JDBC, "jdbc:postgresql://db/usher").warnOf(JDBC);
        settings.with("quarkus.datasource.jdbc.additional-jdbc-properties.sslmode", "verify-ca")
                .raiseNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"usher", "Usher", "postgres", "password"})
    void warnOfAPasswordOfTheDatabaseThatIsTriedFirst(String password) {
        settings.with("quarkus.datasource.password", password).warnOf("quarkus.datasource.password");
        settings.with(REACTIVE, "postgresql://127.0.0.1/usher").raiseNothing();
    }

    @Test
    void warnOfARedisThatAsksForNoPassword() {
        settings.without("quarkus.redis.password").warnOf(REDIS);

        settings.with(REDIS, "rediss://:do-not-print-me@redis:6379").raiseNothing();
        settings.with(REDIS, "redis://localhost:6379").raiseNothing();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"redis://redis:6379", "rediss://one:6379,redis://two:6379", "redis://127.0.0.1,redis://two"})
    void warnOfARedisInClear(String hosts) {
        settings.with(REDIS, hosts).warnOf(REDIS);
    }

    @ParameterizedTest
    @CsvSource({"quarkus.redis.tls.enabled, true", "quarkus.redis.tls-configuration-name, redis"})
    void knowTheSettingsThatEncryptRedis(String property, String value) {
        settings.with(REDIS, "redis://redis:6379").with(property, value).raiseNothing();
    }

    @Test
    void warnOfMailsThatGoNowhere() {
        settings.without("quarkus.mailer.host").warnOf("quarkus.mailer.host");

        settings.with("quarkus.mailer.host", " ").warnOf("quarkus.mailer.host");
        settings.with("quarkus.mailer.host", "localhost").raiseNothing();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Usher <no-reply@localhost>", "no-reply@localhost", "Usher <no-reply@Usher.LocalHost>", " "})
    void warnOfASenderWhomNobodyTakesMailsFrom(String sender) {
        settings.with("quarkus.mailer.from", sender).warnOf("quarkus.mailer.from");
    }

    @ParameterizedTest
    @ValueSource(strings = {"no-reply@example.com", "Usher <no-reply@localhost.example.com>", "localhost@example.com"})
    void letAnySenderElsewherePass(String sender) {
        settings.with("quarkus.mailer.from", sender).raiseNothing();
    }

    @Test
    void warnOfMailsThatMayTravelInClear() {
        settings.without("quarkus.mailer.start-tls").warnOf("quarkus.mailer.start-tls");

        settings.with("quarkus.mailer.start-tls", "REQUIRED").raiseNothing();
        settings.without("quarkus.mailer.start-tls")
                .with("quarkus.mailer.tls", "true")
                .raiseNothing();
        settings.without("quarkus.mailer.tls")
                .with("quarkus.mailer.host", "localhost")
                .raiseNothing();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "quarkus.tls.trust-all",
                "quarkus.datasource.reactive.trust-all",
                "quarkus.redis.tls.trust-all",
                "quarkus.mailer.trust-all"
            })
    void refuseToTrustAnyCertificate(String property) {
        settings.with(property, "true").areRefusedFor(property);
        settings.with(property, "false").raiseNothing();
    }
}
