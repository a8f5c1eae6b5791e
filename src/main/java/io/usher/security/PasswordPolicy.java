package io.usher.security;

import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/** The rules a new password must meet. */
@ApplicationScoped
public class PasswordPolicy {
    /** @throws io.usher.problem.ProblemException {@code validation_failed} on {@code field}, naming every rule that is broken */
    public void require(String field, String password, @Nullable String email) {
        throw new UnsupportedOperationException();
    }
}
