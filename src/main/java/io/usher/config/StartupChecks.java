package io.usher.config;

import static io.usher.config.SettingCheck.Finding.refusal;
import static io.usher.config.SettingCheck.Finding.warning;

import io.smallrye.config.SmallRyeConfig;
import io.usher.config.SettingCheck.Finding;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * What must be right before the service starts outside of local, dev and test mode: one check a risk, and one message that names every one
 * at fault. A new risk is a new line in {@link #ALL}.
 */
public final class StartupChecks {
    private static final Logger LOG = Logger.getLogger(StartupChecks.class);
    private static final int MIN_BCRYPT_COST = 10;

    private static final List<SettingCheck> ALL = List.of(
            required(Settings.REACTIVE_URL, "PostgreSQL's address, such as postgresql://db.example.com:5432/usher"),
            required(
                    Settings.JDBC_URL,
                    "the same address for the migrations, such as jdbc:postgresql://db.example.com:5432/usher"),
            required("quarkus.datasource.username", "the database role that the service logs in as"),
            required("quarkus.datasource.password", "that role's password"),
            required("quarkus.redis.hosts", "Redis's address, such as redis://redis.example.com:6379"),
            required("usher.auth.keys-dir", "the folder with the PEM keys that sign access tokens"),
            StartupChecks::keysDirExists,
            StartupChecks::publicUrlIsHttps,
            StartupChecks::resetUrlIsHttps,
            StartupChecks::publicUrlIsPublic,
            StartupChecks::bcryptIsSlow,
            StartupChecks::setupNeedsToken,
            StartupChecks::rateLimiterIsOn,
            StartupChecks::proxiesAreTrusted);

    private StartupChecks() {}

    /**
     * Looks at every setting that could make the service fail or put it at risk; warnings are logged.
     *
     * @throws StartRefusedException naming everything that has to be put right
     */
    public static void require(SmallRyeConfig settings) {
        List<Finding> findings =
                ALL.stream().flatMap(check -> check.look(settings).stream()).toList();
        List<String> refusals = findings.stream()
                .filter(Finding::refusal)
                .map(Finding::describe)
                .toList();
        if (!refusals.isEmpty()) {
            throw new StartRefusedException(message(settings, refusals));
        }
        findings.forEach(finding -> LOG.warn(finding.describe()));
    }

    private static String message(SmallRyeConfig settings, List<String> refusals) {
        return "Usher cannot start in profile '" + String.join(",", settings.getProfiles())
                + "'. Set these right, as a property or as an"
                + " environment variable:\n  - "
                + String.join("\n  - ", refusals)
                + "\nFor a service with its own PostgreSQL and Redis on this machine, set QUARKUS_PROFILE=local.";
    }

    private static SettingCheck required(String property, String meaning) {
        return settings -> Settings.value(settings, property).isPresent()
                ? Optional.empty()
                : Optional.of(refusal(property, "is missing; it is " + meaning + "."));
    }

    private static Optional<Finding> keysDirExists(SmallRyeConfig settings) {
        return Settings.value(settings, "usher.auth.keys-dir")
                .filter(folder -> !Files.isDirectory(Path.of(folder)))
                .map(folder -> refusal("usher.auth.keys-dir", "'" + folder + "' is not a folder."));
    }

    private static Optional<Finding> publicUrlIsHttps(SmallRyeConfig settings) {
        return publicUrl(settings)
                .filter(url -> !url.startsWith("https://"))
                .map(url -> refusal(
                        "usher.public-url",
                        "must begin with https://; links in mails carry tokens that must not travel in clear."));
    }

    private static Optional<Finding> resetUrlIsHttps(SmallRyeConfig settings) {
        return Settings.value(settings, "usher.mail.reset-url")
                .filter(url -> !url.toLowerCase(Locale.ROOT).startsWith("https://"))
                .map(url -> refusal(
                        "usher.mail.reset-url",
                        "must begin with https://; the link carries a token that must not travel in clear."));
    }

    private static Optional<Finding> publicUrlIsPublic(SmallRyeConfig settings) {
        return Optional.of(publicUrl(settings).orElse("https://api.localhost"))
                .filter(url -> url.matches("https://([^/]*\\.)?localhost([:/].*)?"))
                .map(url -> warning(
                        "usher.public-url",
                        "is " + url + "; links in mails will lead nowhere. Set it to the service's address."));
    }

    private static Optional<String> publicUrl(SmallRyeConfig settings) {
        return Settings.value(settings, "usher.public-url").map(url -> url.toLowerCase(Locale.ROOT));
    }

    private static Optional<Finding> bcryptIsSlow(SmallRyeConfig settings) {
        return Settings.value(settings, "usher.auth.bcrypt-cost")
                .filter(cost -> cost.matches("-?\\d{1,9}") && Integer.parseInt(cost) < MIN_BCRYPT_COST)
                .map(cost -> refusal(
                        "usher.auth.bcrypt-cost",
                        "is " + cost + "; below " + MIN_BCRYPT_COST + " stolen hashes are cheap to guess."));
    }

    private static Optional<Finding> setupNeedsToken(SmallRyeConfig settings) {
        return Settings.value(settings, "usher.auth.password-setup")
                .filter("open"::equalsIgnoreCase)
                .map(
                        open -> warning(
                                "usher.auth.password-setup",
                                "is open: whoever knows an invited address can take the account over. Set it to 'token' once no front end needs it."));
    }

    private static Optional<Finding> rateLimiterIsOn(SmallRyeConfig settings) {
        return Settings.value(settings, "usher.rate-limit.enabled")
                .filter("false"::equalsIgnoreCase)
                .map(off -> warning(
                        "usher.rate-limit.enabled", "is false: passwords and codes can be guessed without limit."));
    }

    /** Quarkus believes every peer where it is told to believe proxies and not which. */
    private static Optional<Finding> proxiesAreTrusted(SmallRyeConfig settings) {
        return Settings.value(settings, "quarkus.http.proxy.proxy-address-forwarding")
                .filter("true"::equalsIgnoreCase)
                .filter(on -> Settings.value(settings, "quarkus.http.proxy.trusted-proxies")
                        .isEmpty())
                .map(
                        on -> warning(
                                "quarkus.http.proxy.trusted-proxies",
                                "is missing: any client can name the address that limits and sessions know it by. Name the proxies in front."));
    }
}
