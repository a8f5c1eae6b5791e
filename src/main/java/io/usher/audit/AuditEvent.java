package io.usher.audit;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Something that was done.
 *
 * @param targetId the user whom it is about; null where it is about none, such as a role
 * @param subject what of the user's, or what else: a resource, a role, the id of a key or of an admin. Never a secret, nor personal
 */
public record AuditEvent(
        AuditAction action,
        @Nullable UUID targetId,
        @Nullable String subject,
        AuditChanges changes) {

    /** About a user as such. */
    public static AuditEvent of(AuditAction action, UUID targetId, AuditChanges changes) {
        return new AuditEvent(action, targetId, null, changes);
    }
}
