package io.usher.config;

import static io.usher.config.SettingCheck.Finding.refusal;

import java.util.List;
import java.util.Optional;

/** What there has to be, and that no default could stand for. */
final class RequiredSettings {
    static final List<SettingCheck> ALL = List.of(
            required(Settings.REACTIVE_URL, "PostgreSQL's address, such as postgresql://db.example.com:5432/usher"),
            required(
                    Settings.JDBC_URL,
                    "the same address for the migrations, such as jdbc:postgresql://db.example.com:5432/usher"),
            required("quarkus.datasource.username", "the database role that the service logs in as"),
            required("quarkus.datasource.password", "that role's password"),
            required("quarkus.redis.hosts", "Redis's address, such as redis://redis.example.com:6379"),
            required(KeyFolderChecks.PROPERTY, "the folder with the PEM keys that sign access tokens"));

    private RequiredSettings() {}

    private static SettingCheck required(String property, String meaning) {
        return settings -> Settings.value(settings, property).isPresent()
                ? Optional.empty()
                : Optional.of(refusal(property, "is missing; it is " + meaning + "."));
    }
}
