package io.usher.preference;

import io.usher.problem.FieldError;
import io.usher.problem.ProblemException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a secret shows to those who may know that it is there, and no more: dots, and its end where that leaves enough of it unknown. A mask
 * that is sent back stands for the secret that it was made of, so that an admin can change what is beside it.
 */
final class SecretMask {
    /** Visible ASCII, or a mask, which therefore can never be taken for a secret. */
    static final String SECRET_OR_MASK = "^(?:[!-~]+|••••[!-~]{0,4})?$";

    static final String MESSAGE = "must consist of visible ASCII characters";

    private static final String DOTS = "••••";
    private static final int SHOWN = 4;
    private static final int LONG_ENOUGH = 16;

    private SecretMask() {}

    /** Does not tell how long the secret is. */
    static String of(String secret) {
        return secret.length() < LONG_ENOUGH ? DOTS : DOTS + secret.substring(secret.length() - SHOWN);
    }

    static boolean isMask(String text) {
        return text.startsWith(DOTS);
    }

    /** Puts stored secrets in the place of their masks, and notes the masks of others. */
    static final class Unmasking {
        private final List<FieldError> faults = new ArrayList<>();

        String unmask(String field, String given, @Nullable String stored) {
            if (!isMask(given)) {
                return given;
            }
            if (stored != null && given.equals(of(stored))) {
                return stored;
            }
            faults.add(new FieldError(field, "masked", "is the mask of another secret than the one that is stored"));
            return given;
        }

        void throwIfAny() {
            if (!faults.isEmpty()) {
                throw ProblemException.invalid(faults);
            }
        }
    }
}
