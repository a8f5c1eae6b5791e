package io.usher.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerifiedTokensTest {
    private static final Instant NOW = Instant.parse("2026-11-20T20:15:30Z");
    private static final AccessToken TOKEN =
            new AccessToken(UUID.randomUUID(), UUID.randomUUID(), "id", Set.of("customer"), NOW, NOW.plusSeconds(900));

    @TempDir
    Path folder;

    private final VerifiedTokens proven = new VerifiedTokens();
    private KeySet keys;

    @BeforeEach
    void prove() {
        KeyFiles.generate(folder);
        keys = read();
        proven.add("header.claims.signature", keys, TOKEN);
    }

    private KeySet read() {
        return KeySet.of(KeyFiles.read(folder), NOW);
    }

    @Test
    void knowsATokenThatWasProven() {
        assertThat(proven.find("header.claims.signature", keys)).isSameAs(TOKEN);
    }

    @Test
    void doesNotTakeAnotherTokenForIt() {
        assertThat(proven.find("header.claims.signaturf", keys)).isNull();
        assertThat(proven.find("header.claims.signature ", keys)).isNull();
        assertThat(proven.find("header.claims.", keys)).isNull();
    }

    @Test
    void believesNoProofByKeysThatWereReadAgainSince() {
        assertThat(proven.find("header.claims.signature", read())).isNull();
    }
}
