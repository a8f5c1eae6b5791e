package io.usher.security;

import io.usher.problem.FieldError;
import io.usher.problem.ProblemException;
import io.usher.web.BodyRule;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules a new password must meet. */
@ApplicationScoped
public class PasswordPolicy implements BodyRule {
    /** The fewest. */
    public static final int MIN_CHARACTERS = 8;

    private final CommonPasswords common;

    @Inject
    PasswordPolicy(CommonPasswords common) {
        this.common = common;
    }

    /** @throws ProblemException {@code validation_failed} on {@code field}, naming every rule that is broken */
    public void require(String field, String password, @Nullable String email) {
        List<FieldError> faults = faults(field, password, email);
        if (!faults.isEmpty()) {
            throw ProblemException.invalid(faults);
        }
    }

    @Override
    public List<FieldError> faults(Record body) {
        return body instanceof SetsPassword setter ? faults(setter.chosen()) : List.of();
    }

    private List<FieldError> faults(SetsPassword.Chosen chosen) {
        String password = chosen.password();
        return password == null ? List.of() : faults(chosen.field(), password, chosen.email());
    }

    private List<FieldError> faults(String field, String password, @Nullable String email) {
        List<FieldError> errors = new ArrayList<>();
        if (password.codePointCount(0, password.length()) < MIN_CHARACTERS) {
            errors.add(new FieldError(field, "too_short", "It must have at least 8 characters."));
        }
        boolean tooLong = password.getBytes(StandardCharsets.UTF_8).length > Passwords.MAX_BYTES;
        if (tooLong) {
            errors.add(new FieldError(field, "too_long", "It must have at most 72 bytes in UTF-8."));
        }
        if (!hasEveryClass(password)) {
            errors.add(new FieldError(
                    field, "too_weak", "It must have an upper-case letter, a lower-case letter and a digit."));
        }
        if (email != null && isEmail(password, email)) {
            errors.add(new FieldError(
                    field, "contains_email", "It must not be the email address, nor the part before its '@'."));
        }
        // One that is too long is no listed one, and could be as long as a body, to be looked at piece by piece before
        // any limit.
        if (!tooLong && common.contains(password)) {
            errors.add(new FieldError(field, "too_common", "It is one of the passwords that are tried first."));
        }
        return errors;
    }

    private static boolean hasEveryClass(String password) {
        return password.codePoints().anyMatch(Character::isUpperCase)
                && password.codePoints().anyMatch(Character::isLowerCase)
                && password.codePoints().anyMatch(Character::isDigit);
    }

    private static boolean isEmail(String password, String email) {
        int at = email.indexOf('@');
        return password.equalsIgnoreCase(email) || (at > 0 && password.equalsIgnoreCase(email.substring(0, at)));
    }
}
