package io.usher.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** The form of API keys. */
class ApiKeySecretTest {
    private static final String DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    @Test
    void hasAMarkRandomDigitsAndAChecksumThatScannersCanCheck() {
        String key = ApiKeySecret.generate().text();

        assertThat(key).matches("ush_[0-9A-Za-z]{43}[0-9A-Za-z]{6}");
        CRC32 crc = new CRC32();
        crc.update(key.substring(0, 47).getBytes(StandardCharsets.US_ASCII));
        assertThat(number(key.substring(47))).isEqualTo(BigInteger.valueOf(crc.getValue()));
    }

    @Test
    void carries256Bits() {
        Set<String> seen = new HashSet<>();
        BigInteger union = BigInteger.ZERO;
        for (int i = 0; i < 1000; i++) {
            String random = ApiKeySecret.generate().text().substring(4, 47);
            seen.add(random);
            union = union.or(number(random));
        }
        assertThat(seen).hasSize(1000);
        assertThat(union).isEqualTo(BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE));
    }

    @Test
    void readsItselfAndNothingElse() {
        ApiKeySecret key = ApiKeySecret.generate();
        String text = key.text();
        ApiKeySecret read = ApiKeySecret.parse(text);

        assertThat(read).isNotNull();
        assertThat(read.hash()).isEqualTo(key.hash()).matches("[0-9a-f]{64}");
        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == 'a' ? 'b' : 'a';
            assertThat(ApiKeySecret.parse(text.substring(0, i) + other + text.substring(i + 1)))
                    .as("changed at %s", i)
                    .isNull();
        }
        assertThat(ApiKeySecret.parse(text + "0")).isNull();
        assertThat(ApiKeySecret.parse(text.substring(1))).isNull();
        assertThat(ApiKeySecret.parse(text + "\n")).isNull();
        assertThat(ApiKeySecret.parse("")).isNull();
    }

    @Test
    void showsNoMoreThanItsPrefix() {
        ApiKeySecret key = ApiKeySecret.generate();

        assertThat(key.prefix()).hasSize(12).isEqualTo(key.text().substring(0, 12));
        assertThat(key.toString()).isEqualTo(key.prefix() + "…");
    }

    private static BigInteger number(String base62) {
        return base62.chars()
                .mapToObj(digit -> BigInteger.valueOf(DIGITS.indexOf(digit)))
                .reduce(BigInteger.ZERO, (sum, digit) -> sum.multiply(BigInteger.valueOf(62))
                        .add(digit));
    }
}
