package io.usher.security;

import java.security.SecureRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The modular crypt format of bcrypt: {@code $2b$<cost>$<22 characters of salt><31 of hash>}. A cost beyond 16 is none of ours: one try at such
 * a hash, which may have come with other data, would hold a core for minutes, or days.
 */
final class BcryptFormat {
    private static final Pattern FORMAT = Pattern.compile("\\$2[aby]\\$(0[4-9]|1[0-6])\\$[./A-Za-z0-9]{53}");
    private static final String ALPHABET = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int SALT_END = 28;
    private static final int SALT_BITS = 0x30;
    private static final int SALT_AND_DIGEST = 53;

    private BcryptFormat() {}

    static boolean matches(String hash) {
        return FORMAT.matcher(hash).matches();
    }

    static int cost(String hash) {
        return Integer.parseInt(hash.substring(4, 6));
    }

    /**
     * A hash of the given cost that no password is known for: its 184 bits are drawn, not computed, which would take as long at every start as
     * a login does. To compare with it is the same work as with any other of its cost.
     */
    static String ofNoPassword(int cost, SecureRandom random) {
        String drawn = random.ints(SALT_AND_DIGEST, 0, ALPHABET.length())
                .mapToObj(ALPHABET::charAt)
                .map(String::valueOf)
                .collect(Collectors.joining());
        return canonical("$2b$%02d$%s".formatted(cost, drawn));
    }

    /**
     * The last character of the salt carries two bits and room for four more, which some libraries leave as they were: crypt(3) ignores
     * them, Bouncy Castle compares them.
     */
    static String canonical(String hash) {
        int bits = ALPHABET.indexOf(hash.charAt(SALT_END)) & SALT_BITS;
        return hash.substring(0, SALT_END) + ALPHABET.charAt(bits) + hash.substring(SALT_END + 1);
    }
}
