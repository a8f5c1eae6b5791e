package io.usher.user;

import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A role.
 *
 * @param builtIn whether it follows from the user's type, and is neither made, given nor removed
 * @param createdAt null for built-in roles
 */
@Schema(name = "Role")
record RoleView(
        String name,
        @Nullable String description,
        boolean builtIn,
        @Nullable Instant createdAt) {}
