package io.usher.config;

import static io.usher.config.SettingCheck.Finding.refusal;
import static io.usher.config.SettingCheck.Finding.warning;

import io.smallrye.config.SmallRyeConfig;
import io.usher.config.SettingCheck.Finding;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Where the service is reached, by whom, and what its links say. */
final class AddressChecks {
    static final List<SettingCheck> ALL = List.of(
            AddressChecks::publicUrlIsHttps,
            AddressChecks::resetUrlIsHttps,
            AddressChecks::publicUrlIsPublic,
            AddressChecks::proxiesAreTrusted,
            AddressChecks::originsAreNamed,
            AddressChecks::managementIsApart);

    private static final String SOMEBODYS_PAGE = "https://somebody-elses-page.invalid";

    private AddressChecks() {}

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

    /** Quarkus believes every peer where it is told to believe proxies and not which. */
    private static Optional<Finding> proxiesAreTrusted(SmallRyeConfig settings) {
        return Optional.of("quarkus.http.proxy.trusted-proxies")
                .filter(proxies -> Settings.isOn(settings, "quarkus.http.proxy.proxy-address-forwarding"))
                .filter(proxies -> Settings.value(settings, proxies).isEmpty())
                .map(proxies -> refusal(
                        proxies,
                        "is missing: any client can name the address that limits and sessions know it by. Name the proxies in"
                                + " front, or their network, such as 10.0.0.0/8."));
    }

    private static Optional<Finding> originsAreNamed(SmallRyeConfig settings) {
        return Settings.value(settings, "quarkus.http.cors.origins")
                .filter(origins -> Settings.isOn(settings, "quarkus.http.cors.enabled"))
                .filter(origins -> Arrays.stream(origins.split(",")).anyMatch(origin -> admitsAnybody(origin.strip())))
                .map(origins -> refusal(
                        "quarkus.http.cors.origins",
                        "lets the pages of anybody call the service from a browser, with whatever token they get hold of. Name"
                                + " the origins of your own pages."));
    }

    /** As Quarkus reads them: any, a regular expression between slashes, or the origin itself. */
    private static boolean admitsAnybody(String origin) {
        if (origin.length() < 2 || !origin.startsWith("/") || !origin.endsWith("/")) {
            return origin.equals("*");
        }
        try {
            return Pattern.matches(origin.substring(1, origin.length() - 1), SOMEBODYS_PAGE);
        } catch (PatternSyntaxException e) {
            return false; // Quarkus takes it for the origin itself, which no browser sends
        }
    }

    private static Optional<Finding> managementIsApart(SmallRyeConfig settings) {
        String management = "quarkus.management.port";
        String port = Settings.value(settings, management).orElse("9000");
        return Settings.value(settings, "quarkus.http.port")
                .filter(port::equals)
                .filter(main -> !main.equals("0"))
                .map(main -> refusal(
                        management,
                        "is " + main + ", as is quarkus.http.port: metrics and health must have a port that is"
                                + " not published."));
    }
}
