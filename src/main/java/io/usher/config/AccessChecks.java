package io.usher.config;

import static io.usher.config.SettingCheck.Finding.refusal;
import static io.usher.config.SettingCheck.Finding.warning;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfig;
import io.usher.config.SettingCheck.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** How hard it is to get in, and for how long one is in. */
final class AccessChecks {
    static final List<SettingCheck> ALL = List.of(
            AccessChecks::bcryptIsSlow,
            AccessChecks::setupNeedsToken,
            AccessChecks::rateLimiterIsOn,
            AccessChecks::addressesAreProven,
            AccessChecks::adminsPasswordIsItsOwn,
            AccessChecks::adminsPasswordIsLong,
            AccessChecks::accessTokensAreShortLived);

    private static final String ADMIN_PASSWORD = "usher.admin.password";
    private static final String ACCESS_TOKEN_TTL = "usher.auth.access-token-ttl";
    private static final int GOOD_LENGTH = 12;
    private static final Duration SHORT = Duration.ofHours(1);

    /** In lower case: what stands in documents is what is tried first. */
    private static final Set<String> DOCUMENTED_PASSWORDS = Set.of("correct-horse-7");

    private AccessChecks() {}

    private static Optional<Finding> bcryptIsSlow(SmallRyeConfig settings) {
        return Settings.value(settings, "usher.auth.bcrypt-cost")
                .filter(cost -> cost.matches("\\+?0*[4-9]"))
                .map(cost -> refusal(
                        "usher.auth.bcrypt-cost", "is " + cost + "; below 10 stolen hashes are cheap to guess."));
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

    private static Optional<Finding> addressesAreProven(SmallRyeConfig settings) {
        return Settings.value(settings, "usher.registration.verification")
                .filter("false"::equalsIgnoreCase)
                .map(off -> warning(
                        "usher.registration.verification",
                        "is false: anybody can register somebody else's address, and ask which addresses have an"
                                + " account. Set usher.registration.enabled=false where only admins add users."));
    }

    private static Optional<Finding> adminsPasswordIsItsOwn(SmallRyeConfig settings) {
        return Settings.value(settings, ADMIN_PASSWORD)
                .filter(password -> DOCUMENTED_PASSWORDS.contains(password.toLowerCase(Locale.ROOT)))
                .map(password -> refusal(
                        ADMIN_PASSWORD, "is an example from the documentation, which everybody knows. Make one up."));
    }

    private static Optional<Finding> adminsPasswordIsLong(SmallRyeConfig settings) {
        return Settings.value(settings, ADMIN_PASSWORD)
                .filter(password -> password.codePointCount(0, password.length()) < GOOD_LENGTH)
                .map(
                        password -> warning(
                                ADMIN_PASSWORD,
                                "has fewer than " + GOOD_LENGTH
                                        + " characters: it opens everything, and a short one can be guessed. Make up a long one."));
    }

    private static Optional<Finding> accessTokensAreShortLived(SmallRyeConfig settings) {
        return duration(settings, ACCESS_TOKEN_TTL)
                .filter(value -> value.compareTo(SHORT) > 0)
                .map(value -> warning(
                        ACCESS_TOKEN_TTL,
                        "is " + value + ": servers that only check signatures take a token for so long after its"
                                + " session has ended. Set it to " + SHORT + " or less."));
    }

    private static Optional<Duration> duration(SmallRyeConfig settings, String property) {
        try {
            return Settings.value(settings, property).map(DurationConverter::parseDuration);
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // Quarkus names what it cannot read
        }
    }
}
