package io.usher.auth;

import io.usher.security.PasswordPolicy;
import io.usher.security.Passwords;
import io.usher.security.SetsPassword;
import io.usher.web.EmailAddress;
import io.usher.web.Emails;
import io.usher.web.Username;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What somebody registers with. */
@Schema(name = "Register")
record RegisterRequest(
        @Schema(examples = "ada@example.com") @NotNull @EmailAddress
        String email,

        @Schema(
                examples = "Correct-Horse-7",
                writeOnly = true,
                minLength = PasswordPolicy.MIN_CHARACTERS,
                maxLength = Passwords.MAX_BYTES)
        @NotNull
        String password,

        @Schema(examples = "Ada Lovelace") @Size(max = 200) @Nullable
        String name,

        @Schema(examples = "ada", description = "Reserved once the address is verified.") @Username @Nullable
        String username,

        @Schema(examples = "+1 555 0100") @Size(max = 40) @Nullable
        String phone)
        implements SetsPassword {

    RegisterRequest {
        email = Emails.normaliseOrNull(email);
        name = trimmed(name);
        username = trimmed(username);
        phone = trimmed(phone);
    }

    /** Blank text says as much as none, and is kept as none. */
    private static @Nullable String trimmed(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    @Override
    public Chosen chosen() {
        return new Chosen("password", password, email);
    }

    /** Without anything personal: records end up in logs. */
    @Override
    public String toString() {
        return "RegisterRequest[]";
    }
}
