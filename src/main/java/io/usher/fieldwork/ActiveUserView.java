package io.usher.fieldwork;

import io.usher.user.AdminUserView;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * The user that an admin works as.
 *
 * @param isActive always true: where there is none, there is no view
 * @param createdAt since when it is this user
 * @param updatedAt when it was last set, to this user or from another
 */
@Schema(name = "ActiveUser")
record ActiveUserView(UUID userId, AdminUserView user, boolean isActive, Instant createdAt, Instant updatedAt) {}
