package io.usher.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SigningKeyFilesTest {
    private static final Instant NOW = Instant.parse("2026-11-20T20:15:30Z");

    @TempDir
    Path folder;

    private Path key(String name, Instant written) throws IOException {
        Path generated = folder.resolve("signing-key.pem");
        KeyFiles.generate(folder);
        Path file = Files.move(generated, folder.resolve(name));
        Files.setLastModifiedTime(file, FileTime.from(written));
        return file;
    }

    private String signing() {
        return KeySet.of(KeyFiles.read(folder), NOW).signing().fileName();
    }

    @Test
    void signsWithTheNewestThatEveryReplicaKnows() throws IOException {
        key("a.pem", NOW.minusSeconds(86_400));
        key("b.pem", NOW.minusSeconds(121));
        assertThat(signing()).isEqualTo("b.pem");
        key("c.pem", NOW.minusSeconds(119));
        assertThat(signing()).isEqualTo("b.pem");
        assertThat(KeySet.of(KeyFiles.read(folder), NOW).byId()).hasSize(3);
        assertThat(KeySet.of(KeyFiles.read(folder), NOW.plusSeconds(1))
                        .signing()
                        .fileName())
                .isEqualTo("c.pem");
    }

    @Test
    void breaksATieByNameAndSignsWithAYoungKeyIfThereIsNoOther() throws IOException {
        key("only.pem", NOW);
        assertThat(signing()).isEqualTo("only.pem");
        key("x.pem", NOW.minusSeconds(500));
        key("y.pem", NOW.minusSeconds(500));
        assertThat(signing()).isEqualTo("y.pem");
    }

    @Test
    void namesAKeyByItsThumbprintWhateverItsFileIsCalled() throws IOException {
        Path file = key("a.pem", NOW);
        String id = KeyFiles.read(folder).get(0).id();
        Files.move(file, folder.resolve("b.pem"));
        assertThat(KeyFiles.read(folder).get(0).id()).isEqualTo(id).hasSize(43);
    }

    @Test
    void letsNobodyElseReadAKeyThatItMakes() throws IOException {
        assertThat(Files.getPosixFilePermissions(key("a.pem", NOW)))
                .isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void namesThePropertyAndTheFileOfAKeyThatItCannotUse() throws IOException, GeneralSecurityException {
        KeyPairGenerator weak = KeyPairGenerator.getInstance("RSA");
        weak.initialize(1024);
        refuses("short.pem", pem(weak.generateKeyPair().getPrivate().getEncoded()), "1024 bit");
        refuses("text.pem", "hello", "PKCS#8");
        refuses("base64.pem", pem(new byte[] {1, 2, 3}), "usable RSA key");
        KeyPairGenerator curve = KeyPairGenerator.getInstance("EC");
        refuses("curve.pem", pem(curve.generateKeyPair().getPrivate().getEncoded()), "usable RSA key");
        assertThatThrownBy(() -> KeyFiles.read(folder.resolve("missing"))).hasMessageContaining("usher.auth.keys-dir");
    }

    private void refuses(String name, String content, String why) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content, StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> KeyFiles.read(folder))
                .hasMessageContaining("usher.auth.keys-dir")
                .hasMessageContaining(name)
                .hasMessageContaining(why);
        Files.delete(file);
    }

    private static String pem(byte[] der) {
        return "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(der)
                + "\n-----END PRIVATE KEY-----\n";
    }
}
