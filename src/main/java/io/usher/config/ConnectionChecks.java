package io.usher.config;

import static io.usher.config.SettingCheck.Finding.refusal;
import static io.usher.config.SettingCheck.Finding.warning;

import io.smallrye.config.SmallRyeConfig;
import io.usher.config.SettingCheck.Finding;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Who can listen to, or pass for, the servers that the service talks to, and whether mails have one. What is on this machine needs no
 * encryption.
 */
final class ConnectionChecks {
    static final List<SettingCheck> ALL = Stream.concat(
                    Stream.<SettingCheck>of(
                            ConnectionChecks::postgresHasItsOwnPassword,
                            ConnectionChecks::postgresIsEncrypted,
                            ConnectionChecks::migrationsAreEncrypted,
                            ConnectionChecks::redisWantsAPassword,
                            ConnectionChecks::redisIsEncrypted,
                            ConnectionChecks::mailHasAServer,
                            ConnectionChecks::mailHasASender,
                            ConnectionChecks::mailIsEncrypted,
                            ConnectionChecks::logsAreDiscreet),
                    Stream.of(
                                    "quarkus.tls.trust-all",
                                    "quarkus.datasource.reactive.trust-all",
                                    "quarkus.redis.tls.trust-all",
                                    "quarkus.mailer.trust-all")
                            .map(ConnectionChecks::certificatesAreChecked))
            .toList();

    private static final String DB_PASSWORD = "quarkus.datasource.password";
    private static final String MAIL_HOST = "quarkus.mailer.host";
    private static final String MAIL_FROM = "quarkus.mailer.from";
    private static final String REDIS = "quarkus.redis.hosts";
    private static final Set<String> USUAL_PASSWORDS = Set.of("postgres", "password", "changeme", "change-me");
    private static final Set<String> ENCRYPTING = Set.of("require", "verify-ca", "verify-full");
    private static final Pattern SSL_MODE = Pattern.compile(".*[?&]sslmode=([a-z-]+).*");

    /** One server, on this machine, by TCP or by a socket in the file system. */
    private static final Pattern LOOPBACK =
            Pattern.compile("[a-z:+-]*//([^@/]*@)?(|localhost|127(\\.\\d{1,3}){3}|\\[::1])([:/?][^,]*)?");

    /** An address, with a name before it or without, at localhost or in it. */
    private static final Pattern NOWHERE = Pattern.compile("(?i).*[@.]localhost>?");

    private ConnectionChecks() {}

    private static Optional<Finding> postgresHasItsOwnPassword(SmallRyeConfig settings) {
        return Settings.value(settings, DB_PASSWORD)
                .filter(password -> isElsewhere(settings, Settings.REACTIVE_URL))
                .filter(password -> USUAL_PASSWORDS.contains(password.toLowerCase(Locale.ROOT))
                        || Settings.value(settings, "quarkus.datasource.username")
                                .filter(password::equalsIgnoreCase)
                                .isPresent())
                .map(password -> warning(
                        DB_PASSWORD,
                        "is the role's name, or one that is tried first: whoever reaches PostgreSQL has every user. Make"
                                + " one up."));
    }

    private static Optional<Finding> postgresIsEncrypted(SmallRyeConfig settings) {
        return plain(settings, Settings.REACTIVE_URL, "quarkus.datasource.reactive.postgresql.ssl-mode");
    }

    private static Optional<Finding> migrationsAreEncrypted(SmallRyeConfig settings) {
        return plain(settings, Settings.JDBC_URL, "quarkus.datasource.jdbc.additional-jdbc-properties.sslmode");
    }

    private static Optional<Finding> plain(SmallRyeConfig settings, String address, String sslMode) {
        return Settings.value(settings, address)
                .filter(url -> isElsewhere(settings, address))
                .filter(url -> Settings.value(settings, sslMode)
                        .or(() -> sslMode(url))
                        .map(mode -> mode.toLowerCase(Locale.ROOT))
                        .filter(ENCRYPTING::contains)
                        .isEmpty())
                .map(url -> warning(
                        address,
                        "does not insist on TLS: whoever is on the way can read and change what is stored. Set "
                                + sslMode + "=verify-full, unless the network is as closed as this machine."));
    }

    private static Optional<String> sslMode(String url) {
        return Optional.of(SSL_MODE.matcher(url))
                .filter(found -> found.matches())
                .map(found -> found.group(1));
    }

    private static Optional<Finding> redisWantsAPassword(SmallRyeConfig settings) {
        return Settings.value(settings, REDIS)
                .filter(hosts -> isElsewhere(settings, REDIS))
                .filter(hosts -> !hosts.contains("@"))
                .filter(hosts ->
                        Settings.value(settings, "quarkus.redis.password").isEmpty())
                .map(hosts -> warning(
                        REDIS,
                        "names a server without a password: whoever reaches it can forge the sessions that it keeps, and"
                                + " so be any user. Set quarkus.redis.password."));
    }

    private static Optional<Finding> redisIsEncrypted(SmallRyeConfig settings) {
        return Settings.value(settings, REDIS)
                .filter(hosts -> isElsewhere(settings, REDIS))
                .filter(hosts -> !Arrays.stream(hosts.split(","))
                        .allMatch(host -> host.strip().startsWith("rediss://")))
                .filter(hosts -> !Settings.isOn(settings, "quarkus.redis.tls.enabled"))
                .filter(hosts -> Settings.value(settings, "quarkus.redis.tls-configuration-name")
                        .isEmpty())
                .map(hosts -> warning(
                        REDIS,
                        "is without TLS: whoever is on the way can read and forge session states. Write rediss://,"
                                + " unless the network is as closed as this machine."));
    }

    private static Optional<Finding> mailHasAServer(SmallRyeConfig settings) {
        return Settings.value(settings, MAIL_HOST).isPresent()
                ? Optional.empty()
                : Optional.of(
                        warning(
                                MAIL_HOST,
                                "is missing: codes, links and notices go to port 25 of this machine, and are given up after a day where"
                                        + " nobody listens there, so nobody registers or finds back in. Name the mail server."));
    }

    private static Optional<Finding> mailHasASender(SmallRyeConfig settings) {
        return Settings.value(settings, MAIL_FROM)
                        .filter(sender -> !NOWHERE.matcher(sender).matches())
                        .isPresent()
                ? Optional.empty()
                : Optional.of(warning(
                        MAIL_FROM,
                        "is no address that mail servers elsewhere take mails from: they refuse them, or call them spam. Name"
                                + " one of a domain of yours."));
    }

    private static Optional<Finding> mailIsEncrypted(SmallRyeConfig settings) {
        return Settings.value(settings, MAIL_HOST)
                .filter(host -> !LOOPBACK.matcher("//" + host).matches())
                .filter(host -> !Settings.isOn(settings, "quarkus.mailer.tls"))
                .filter(host -> Settings.value(settings, "quarkus.mailer.start-tls")
                        .filter("required"::equalsIgnoreCase)
                        .isEmpty())
                .map(host -> warning(
                        "quarkus.mailer.start-tls",
                        "is not REQUIRED: mails carry codes and links that open accounts, and may go out in clear. Set it, or"
                                + " quarkus.mailer.tls=true."));
    }

    private static Optional<Finding> logsAreDiscreet(SmallRyeConfig settings) {
        String level = "quarkus.log.level";
        return Settings.value(settings, level)
                .filter(value -> value.matches("(?i)debug|trace|fine|finer|finest|all"))
                .map(value -> warning(
                        level,
                        "is " + value + ": libraries then log what they send and receive, secrets among it. Set it for"
                                + " single categories, or to INFO."));
    }

    private static SettingCheck certificatesAreChecked(String property) {
        return settings -> Optional.of(property)
                .filter(name -> Settings.isOn(settings, name))
                .map(name -> refusal(
                        name,
                        "is true: any server could pass for the one that is meant. Name its certificate authority."));
    }

    private static boolean isElsewhere(SmallRyeConfig settings, String address) {
        return Settings.value(settings, address)
                .filter(url -> !Arrays.stream(url.split(",(?=[a-z:+-]*//)"))
                        .allMatch(one -> LOOPBACK.matcher(one.strip()).matches()))
                .isPresent();
    }
}
