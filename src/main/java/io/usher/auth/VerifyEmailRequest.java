package io.usher.auth;

import io.usher.web.EmailAddress;
import io.usher.web.Emails;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The code that was mailed to an address. */
@Schema(name = "VerifyEmail")
record VerifyEmailRequest(
        @Schema(examples = "ada@example.com") @NotNull @EmailAddress
        String email,

        @Schema(examples = "482913", writeOnly = true)
        @NotNull
        @Pattern(regexp = "[0-9]{6}", message = "must be the 6 digits of the mail")
        String code) {

    VerifyEmailRequest {
        email = Emails.normaliseOrNull(email);
    }

    @Override
    public String toString() {
        return "VerifyEmailRequest[]";
    }
}
