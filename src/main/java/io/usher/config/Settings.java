package io.usher.config;

import io.quarkus.runtime.configuration.ConfigUtils;
import io.smallrye.config.SmallRyeConfig;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The settings as they are before Quarkus has started: the same sources and profiles as Quarkus's own, but a private copy, because what is
 * read here may still lead to properties being set that Quarkus has to see.
 */
public final class Settings {
    static final String REACTIVE_URL = "quarkus.datasource.reactive.url";
    static final String JDBC_URL = "quarkus.datasource.jdbc.url";

    private static final String TRACES_ENDPOINT = "usher.traces-endpoint";
    private static final String REACTIVE_SCHEME = "postgresql://";
    private static final String JDBC_SCHEME = "jdbc:postgresql://";

    private Settings() {}

    /** Reads files, environment and system properties. */
    public static SmallRyeConfig read() {
        return ConfigUtils.configBuilder().build();
    }

    /** Whether local mode is on: profile {@code local}, or one such as {@code dev} that builds on it. */
    public static boolean isLocal(SmallRyeConfig settings) {
        return settings.getProfiles().contains("local");
    }

    /** A setting, unless it is absent or empty. */
    public static Optional<String> value(SmallRyeConfig settings, String property) {
        return settings.getOptionalValue(property, String.class)
                .map(String::strip)
                .filter(value -> !value.isEmpty());
    }

    /** Whether a setting says true; quietly no where it is absent. */
    static boolean isOn(SmallRyeConfig settings, String property) {
        return value(settings, property).filter("true"::equalsIgnoreCase).isPresent();
    }

    /** Turns tracing on where it is said where the traces go: Quarkus has two settings for that one thing. */
    public static void completeTraces(SmallRyeConfig settings) {
        value(settings, TRACES_ENDPOINT).ifPresent(endpoint -> {
            System.setProperty("quarkus.otel.sdk.disabled", "false");
            System.setProperty("quarkus.otel.exporter.otlp.endpoint", endpoint);
        });
    }

    /** Sets the datasource address that is missing where the other one tells it; {@link #derivedDatasource}. */
    public static void completeDatasource(SmallRyeConfig settings) {
        derivedDatasource(settings).forEach(System::setProperty);
    }

    /** The JDBC address, which only the migrations use, derived from the reactive one, or the other way round. */
    static Map<String, String> derivedDatasource(SmallRyeConfig settings) {
        Optional<String> reactive = value(settings, REACTIVE_URL);
        Optional<String> jdbc = value(settings, JDBC_URL);
        if (reactive.isPresent() == jdbc.isPresent()) {
            return Map.of();
        }
        return reactive.filter(url -> url.startsWith(REACTIVE_SCHEME) && isPlain(url))
                .map(url -> Map.of(JDBC_URL, "jdbc:" + url))
                .or(() -> jdbc.filter(url -> url.startsWith(JDBC_SCHEME) && isPlain(url))
                        .map(url -> Map.of(REACTIVE_URL, url.substring("jdbc:".length()))))
                .orElse(Map.of());
    }

    /** The environment variable that sets a property. */
    static String environmentVariable(String property) {
        return property.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    /** One server, no credentials, no parameters: the two drivers write those in different ways. */
    private static boolean isPlain(String url) {
        return url.chars().noneMatch(c -> c == ',' || c == '@' || c == '?');
    }
}
