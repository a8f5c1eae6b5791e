package io.usher.bench;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.generators.OpenBSDBCrypt;

/** What a login costs at least: one comparison by the same library at the same cost. */
final class BareBcrypt {
    static final int COST = 12;

    private static final byte[] PASSWORD = UserRows.PASSWORD.getBytes(StandardCharsets.UTF_8);

    private BareBcrypt() {}

    /** The hash that all users of the benchmark have. */
    static String hash() {
        return OpenBSDBCrypt.generate("2b", PASSWORD, "usher benchmark!".getBytes(StandardCharsets.US_ASCII), COST);
    }

    static Probe probe(String hash) {
        return new CoreProbe("bare bcrypt", thread -> compare(hash));
    }

    private static void compare(String hash) {
        if (!OpenBSDBCrypt.checkPassword(hash, PASSWORD)) {
            throw new IllegalStateException("wrong password");
        }
    }
}
