package io.usher.auth;

import io.usher.web.EmailAddress;
import io.usher.web.Emails;
import jakarta.validation.constraints.NotNull;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** An address that a mail is asked for. */
@Schema(name = "Address")
record AddressRequest(
        @Schema(examples = "ada@example.com") @NotNull @EmailAddress
        String email) {
    AddressRequest {
        email = Emails.normaliseOrNull(email);
    }

    @Override
    public String toString() {
        return "AddressRequest[]";
    }
}
