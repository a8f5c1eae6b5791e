package io.usher.auth;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** What a registration waits for; the same whether or not the address was known. */
@Schema(name = "RegistrationStatus")
record RegistrationStatus(
        @Schema(examples = "verification_required") String status) {
    static final RegistrationStatus VERIFICATION_REQUIRED = new RegistrationStatus("verification_required");
}
