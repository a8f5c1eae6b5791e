package io.usher.security;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The text of an API key: {@code ush_}, 256 random bits as 43 base62 digits, and the CRC-32 of all that as 6 more. Secret scanners find it by
 * {@code ush_[0-9A-Za-z]{49}}, and the checksum tells a key from a text that only looks like one without asking anybody.
 */
public final class ApiKeySecret {
    static final String MARK = "ush_";

    private static final Pattern FORM = Pattern.compile(MARK + "[0-9A-Za-z]{49}");
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int BITS = 256;
    private static final int RANDOM_LENGTH = 43;
    private static final int CHECKSUM_LENGTH = 6;
    private static final int PREFIX_LENGTH = 12;

    private final String text;

    private ApiKeySecret(String text) {
        this.text = text;
    }

    /** A new one. */
    public static ApiKeySecret generate() {
        String random = MARK + base62(new BigInteger(BITS, RANDOM), RANDOM_LENGTH);
        return new ApiKeySecret(random + checksum(random));
    }

    /** Reads a key; null where the text cannot be one. */
    static @Nullable ApiKeySecret parse(String text) {
        if (!FORM.matcher(text).matches()) {
            return null;
        }
        int end = text.length() - CHECKSUM_LENGTH;
        return checksum(text.substring(0, end)).equals(text.substring(end)) ? new ApiKeySecret(text) : null;
    }

    /** The key itself: for the one answer that shows it. */
    public String text() {
        return text;
    }

    /** SHA-256 in hex: all that is ever stored of it, beside the prefix. */
    public String hash() {
        return Secrets.sha256Hex(text);
    }

    /** Its first 12 characters, by which its owner knows it again; 208 random bits stay unknown. */
    public String prefix() {
        return text.substring(0, PREFIX_LENGTH);
    }

    /** Without the key: objects end up in logs. */
    @Override
    public String toString() {
        return prefix() + "…";
    }

    private static String checksum(String random) {
        CRC32 crc = new CRC32();
        crc.update(random.getBytes(StandardCharsets.US_ASCII));
        return base62(BigInteger.valueOf(crc.getValue()), CHECKSUM_LENGTH);
    }

    private static String base62(BigInteger number, int length) {
        char[] digits = new char[length];
        BigInteger rest = number;
        for (int i = length - 1; i >= 0; i--) {
            BigInteger[] parts = rest.divideAndRemainder(BASE);
            digits[i] = DIGITS.charAt(parts[1].intValue());
            rest = parts[0];
        }
        return new String(digits);
    }
}
