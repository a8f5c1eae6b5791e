package io.usher.security;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** bcrypt, off the event loop, on a bounded pool of as many threads as cores with a short queue; a full queue is {@code overloaded}. */
@ApplicationScoped
public class Passwords {
    /** Hashes a password of at most 72 bytes in UTF-8 at the configured cost. Call before a transaction, never inside one. */
    public Uni<String> hash(String password) {
        throw new UnsupportedOperationException();
    }

    /** Whether the password is the one that was hashed ({@code $2a$}, {@code $2b$}, {@code $2y$}); with no hash: false, after as much work. */
    public Uni<Boolean> matches(String password, @Nullable String hash) {
        throw new UnsupportedOperationException();
    }

    /** Whether a hash has another cost than the configured one, and should be renewed at the next login. */
    public boolean isOutdated(String hash) {
        throw new UnsupportedOperationException();
    }
}
