package io.usher.auth;

import io.usher.problem.FieldError;
import io.usher.security.SecurityConfig;
import io.usher.web.BodyRule;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;

/** A first password takes a set-up token, unless {@code usher.auth.password-setup} is {@code open}. */
@Singleton
class SetupTokenRule implements BodyRule {
    private final boolean open;

    @Inject
    SetupTokenRule(SecurityConfig config) {
        this.open = config.passwordSetup() == SecurityConfig.PasswordSetup.OPEN;
    }

    @Override
    public List<FieldError> faults(Record body) {
        return !open && body instanceof SetPasswordRequest request && request.setupToken() == null
                ? List.of(new FieldError("setupToken", "required", "must not be null"))
                : List.of();
    }
}
