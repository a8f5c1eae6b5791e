package io.usher.user;

import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.security.Caller;
import io.vertx.mutiny.sqlclient.Row;
import java.util.Collection;
import java.util.UUID;

/** A user that is about to change together with others, as it stands under its row's lock: what decides whether it may. */
record BulkTarget(UUID id, boolean admin, boolean superAdmin, boolean active, boolean deleted) {
    /** What {@link #read} needs of {@code users u}. */
    static final String COLUMNS = "u.id, u.user_type, u.super_admin, u.status, u.deleted_at is not null as deleted";

    static BulkTarget read(Row row) {
        return new BulkTarget(
                row.getUUID("id"),
                UserType.ADMIN.value().equals(row.getString("user_type")),
                row.getBoolean("super_admin"),
                UserStatus.ACTIVE.value().equals(row.getString("status")),
                row.getBoolean("deleted"));
    }

    /** One that may not be changed, or not so, keeps all of them from it, as it would itself by a PATCH. */
    static void requireChangeable(Caller caller, Collection<BulkTarget> targets, UserFields changes) {
        for (BulkTarget target : targets) {
            UserGuards.requireMayChange(caller, target.id, target.admin ? UserType.ADMIN : UserType.CUSTOMER);
            if (caller.is(target.id)) {
                FieldRights.require(caller, true, changes.present());
            }
        }
        if (targets.stream().anyMatch(BulkTarget::deleted)) {
            throw ProblemException.of(
                    ProblemCode.CONFLICT, "Some of the users are deleted. Restore them first, or leave them out.");
        }
        if (targets.stream().map(target -> target.after(changes)).anyMatch(after -> after.superAdmin && !after.admin)) {
            throw ProblemException.invalid(
                    "changes.superAdmin", "conflict", "can only be true where userType is admin");
        }
    }

    /** The same user once the changes are made. */
    BulkTarget after(UserFields changes) {
        return new BulkTarget(
                id,
                changes.userType() == null ? admin : changes.userType() == UserType.ADMIN,
                changes.superAdmin() == null ? superAdmin : changes.superAdmin(),
                changes.status() == null ? active : changes.status() == UserStatus.ACTIVE,
                deleted);
    }

    boolean isActiveSuperAdmin() {
        return superAdmin && active && !deleted;
    }

    /** Whether a built-in role is one that follows from what it is. */
    boolean hasBuiltIn(String role) {
        return switch (role) {
            case Caller.ADMIN -> admin;
            case Caller.SUPER_ADMIN -> superAdmin;
            default -> !admin;
        };
    }
}
