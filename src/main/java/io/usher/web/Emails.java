package io.usher.web;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one form in which an email address is stored, looked up and counted. ASCII only: internationalised addresses have look-alikes and
 * case rules that PostgreSQL and Java disagree on, and two spellings of one mailbox must never be two users.
 */
public final class Emails {
    /** The longest address that SMTP carries (RFC 5321, section 4.5.3.1.3, less the angle brackets). */
    public static final int MAX_LENGTH = 254;

    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";

    /** The HTML standard's valid address, in lower case, with at least one dot in its domain. */
    private static final Pattern NORMALISED =
            Pattern.compile("[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@" + LABEL + "(?:\\." + LABEL + ")+");

    private Emails() {}

    /** Trimmed and in lower case; what is not ASCII is only trimmed, so that no letter turns into an ASCII one and passes for valid. */
    public static String normalise(String email) {
        String trimmed = email.strip();
        return isAscii(trimmed) ? trimmed.toLowerCase(Locale.ROOT) : trimmed;
    }

    /** As {@link #normalise}, for an optional value. */
    public static @Nullable String normaliseOrNull(@Nullable String email) {
        return email == null ? null : normalise(email);
    }

    /** Whether the text is an address in its normal form. */
    public static boolean isNormalised(String email) {
        return email.length() <= MAX_LENGTH && NORMALISED.matcher(email).matches();
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
