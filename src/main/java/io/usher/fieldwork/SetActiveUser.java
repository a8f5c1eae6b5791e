package io.usher.fieldwork;

import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The user to work as.
 *
 * @param userId a UUID, or a V1 id
 */
@Schema(name = "SetActiveUser")
record SetActiveUser(
        @NotNull
        @Pattern(
                regexp = "[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9a-fA-F]{32}",
                message = "must be a UUID, or a V1 id: 32 hex digits")
        @Schema(examples = "0198c5f2-7d1a-7c3e-9b5f-3a1d2c4e6f80")
        String userId) {}
