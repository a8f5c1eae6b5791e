package io.usher.replicas;

import io.usher.testing.RealServers;
import io.usher.testing.SigningKeys;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Two processes of the package, on one PostgreSQL and one Redis, for all tests of a class. */
abstract class TwoReplicas {
    @TempDir
    static Path keys;

    static Replica one;
    static Replica two;

    @BeforeAll
    static void start() {
        RealServers.ensureStarted();
        SigningKeys.makeKey(keys);
        one = Replica.start(keys);
        two = Replica.start(keys);
    }

    @AfterAll
    static void stop() {
        for (Replica replica : Arrays.asList(one, two)) {
            if (replica != null) {
                replica.close();
            }
        }
    }
}
