package io.usher.config;

import static io.usher.config.SettingCheck.Finding.refusal;

import io.smallrye.config.SmallRyeConfig;
import io.usher.config.SettingCheck.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who else may read or write the keys that sign access tokens: whoever has one is everybody. A group may read them, because that is how
 * Kubernetes gives a secret to a process that is not root. Where the file system knows no such permissions, nothing is found.
 */
final class KeyFolderChecks {
    static final String PROPERTY = "usher.auth.keys-dir";

    static final List<SettingCheck> ALL =
            List.of(KeyFolderChecks::isAFolder, KeyFolderChecks::keysArePrivate, KeyFolderChecks::nobodyElseAddsKeys);

    private static final Set<PosixFilePermission> OTHERS_ACCESS =
            Set.of(PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.GROUP_WRITE);

    private KeyFolderChecks() {}

    private static Optional<Finding> isAFolder(SmallRyeConfig settings) {
        return Settings.value(settings, PROPERTY)
                .filter(folder -> !Files.isDirectory(Path.of(folder)))
                .map(folder -> refusal(PROPERTY, "'" + folder + "' is not a folder."));
    }

    private static Optional<Finding> keysArePrivate(SmallRyeConfig settings) {
        return folder(settings)
                .map(KeyFolderChecks::openKeys)
                .filter(names -> !names.isEmpty())
                .map(names -> refusal(
                        PROPERTY,
                        "others on the machine may read or change " + names
                                + ": whoever has a signing key can be any user. 'chmod 600' (or 640) them; in Kubernetes set the"
                                + " secret volume's 'defaultMode: 0440' and the pod's 'fsGroup'."));
    }

    /** Kubernetes's own secret volumes are open to everybody, and mounted read-only. */
    private static Optional<Finding> nobodyElseAddsKeys(SmallRyeConfig settings) {
        return folder(settings)
                .filter(folder -> permissions(folder).contains(PosixFilePermission.OTHERS_WRITE))
                .filter(folder -> !isReadOnly(folder))
                .map(folder -> refusal(
                        PROPERTY,
                        "others on the machine may write to '" + folder
                                + "': whoever adds a key can be any user. 'chmod o-w' it."));
    }

    private static Optional<Path> folder(SmallRyeConfig settings) {
        return Settings.value(settings, PROPERTY).map(Path::of).filter(Files::isDirectory);
    }

    private static String openKeys(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".pem"))
                    .filter(file -> permissions(file).stream().anyMatch(OTHERS_ACCESS::contains))
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .collect(Collectors.joining(", "));
        } catch (IOException e) {
            return ""; // who reads the keys says that they cannot be read
        }
    }

    private static Set<PosixFilePermission> permissions(Path path) {
        try {
            return Files.getPosixFilePermissions(path);
        } catch (IOException | UnsupportedOperationException e) {
            return Set.of();
        }
    }

    private static boolean isReadOnly(Path folder) {
        try {
            return Files.getFileStore(folder).isReadOnly();
        } catch (IOException e) {
            return false;
        }
    }
}
