package io.usher.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@EnabledOnOs({OS.LINUX, OS.MAC})
class KeyFolderChecksTest {
    private static final String PROPERTY = "usher.auth.keys-dir";

    @TempDir
    Path keys;

    private ProductionSettings settings;

    @BeforeEach
    void complete() {
        settings = new ProductionSettings(keys);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-------", "r--------", "r--r-----", "rw-r-----"})
    void letKeysPassThatTheProcessAndItsGroupRead(String permissions) throws IOException {
        file("2026-11.pem", permissions);

        settings.raiseNothing();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r--r--", "r--r--r--", "rw-rw----", "rw-----w-"})
    void refuseKeysThatOthersReadOrChange(String permissions) throws IOException {
        file("2026-10.pem", "rw-------");
        file("2026-11.pem", permissions);

        settings.areRefusedFor(PROPERTY);
        assertThat(settings.refusal()).contains("2026-11.pem").doesNotContain("2026-10.pem");
    }

    /** As Kubernetes lays secrets out: {@code key.pem -> ..data/key.pem -> ..2026_11/key.pem}. */
    @Test
    void judgeWhatALinkLeadsTo() throws IOException {
        Path hidden = Files.createDirectory(keys.resolve("..2026_11"));
        Path target = file("..2026_11/key.pem", "rw-r--r--");
        Files.createSymbolicLink(keys.resolve("..data"), hidden);
        Files.createSymbolicLink(keys.resolve("key.pem"), Path.of("..data/key.pem"));
        assertThat(settings.refusal()).contains("key.pem", "defaultMode: 0440");

        Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("r--r-----"));
        settings.raiseNothing();
    }

    @Test
    void passOverFilesThatAreNoKeys() throws IOException {
        file("README.txt", "rw-r--r--");

        settings.raiseNothing();
    }

    @Test
    void refuseAFolderToWhichOthersMayAddAKey() throws IOException {
        Files.setPosixFilePermissions(keys, PosixFilePermissions.fromString("rwxrwxrwx"));

        settings.areRefusedFor(PROPERTY);
    }

    @Test
    void refuseAFolderThatIsNone() {
        settings.with(PROPERTY, "/no/such/folder").areRefusedFor(PROPERTY);
    }

    private Path file(String name, String permissions) throws IOException {
        Path file = Files.writeString(keys.resolve(name), "what is in it is read later");
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    }
}
