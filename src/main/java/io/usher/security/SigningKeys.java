package io.usher.security;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.configuration.ConfigUtils;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * The keys in {@code usher.auth.keys-dir}, read again every 30 seconds: a new file starts to sign two minutes later, a file that is taken
 * away stops verifying. Nothing is read from the class path, where keys would end up inside an image.
 */
@ApplicationScoped
class SigningKeys {
    private static final Logger LOG = Logger.getLogger(SigningKeys.class);
    private static final int AFTER_THE_CHECKS = 3000;

    private final Clock clock;
    private final Path folder;
    private volatile KeySet current;

    @Inject
    SigningKeys(Clock clock, SecurityConfig config) {
        this.clock = clock;
        this.folder = config.keysDir()
                .orElseThrow(() -> new IllegalStateException(
                        "usher.auth.keys-dir is not set: the folder with the RSA signing keys (*.pem)"));
        if (makesItsOwn() && !hasKey()) {
            KeyFiles.generate(folder);
            LOG.infof("Made a signing key in %s", folder.toAbsolutePath());
        }
        this.current = load();
    }

    /** Makes a key that is missing or wrong stop the start, and not the first login. */
    void atStart(@Observes @Priority(AFTER_THE_CHECKS) StartupEvent event) {
        LOG.infof(
                "Access tokens are signed with key %s, %d keys verify",
                current.signing().id(), current.byId().size());
    }

    KeySet current() {
        return current;
    }

    @Scheduled(every = "30s", delayed = "30s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void readAgain() {
        try {
            KeySet last = current;
            current = load();
            if (!last.signing().id().equals(current.signing().id())) {
                LOG.infof(
                        "Access tokens are now signed with key %s",
                        current.signing().id());
            }
        } catch (IllegalStateException e) {
            LOG.errorf("The signing keys are kept as they were: %s", e.getMessage());
        }
    }

    private KeySet load() {
        List<SigningKey> keys = KeyFiles.read(folder);
        if (keys.isEmpty()) {
            throw new IllegalStateException(
                    "usher.auth.keys-dir: there is no *.pem file in " + folder.toAbsolutePath());
        }
        return KeySet.of(keys, clock.instant());
    }

    private boolean hasKey() {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> file.getFileName().toString().endsWith(".pem"));
        } catch (java.io.IOException e) {
            throw new IllegalStateException("usher.auth.keys-dir: the folder " + folder + " cannot be read", e);
        }
    }

    /** Elsewhere every replica would have its own, and none could read the others' tokens. */
    private static boolean makesItsOwn() {
        return Stream.of("local", "dev", "test").anyMatch(ConfigUtils::isProfileActive);
    }
}
