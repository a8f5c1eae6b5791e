package io.usher.security;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Security;
import java.security.Signature;
import java.util.List;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(value = OS.LINUX, disabledReason = "the library is in packages for Linux")
class RsaLibraryTest {
    @TempDir
    private Path folder;

    private final RsaLibrary library = RsaLibrary.find();

    @Test
    void signsAsTheJdkDoes() throws GeneralSecurityException, JoseException {
        KeyFiles.generate(folder);
        SigningKey key = KeyFiles.read(folder).get(0);

        JsonWebSignature jws = new JsonWebSignature();
        jws.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        jws.setPayload("payload");
        jws.setProviderContext(library.context());
        jws.setKey(library.form(key));
        String signed = jws.getCompactSerialization();

        Signature jdk = Signature.getInstance("SHA256withRSA", "SunRsaSign");
        jdk.initSign(key.privateKey());
        jdk.update(signed.substring(0, signed.lastIndexOf('.')).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThat(signed)
                .endsWith(
                        "." + java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(jdk.sign()));
        assertThat(library.form(key)).isNotSameAs(key.privateKey()).isSameAs(library.form(key));
    }

    @Test
    void isTheLastOfTheProvidersSoThatNothingElseChanges() {
        List<String> names = List.of(Security.getProviders()).stream()
                .map(java.security.Provider::getName)
                .toList();

        assertThat(names).endsWith("AmazonCorrettoCryptoProvider");
        assertThat(library.context().getSuppliedKeyProviderContext().getSignatureProvider())
                .isEqualTo("AmazonCorrettoCryptoProvider");
    }
}
