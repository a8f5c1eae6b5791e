package io.usher.user;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.usher.security.Caller;
import io.usher.security.Client;
import io.usher.security.Scope;
import io.usher.web.ExpectedVersion;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The transaction of a merge: everything that follows from what really changed commits with it. */
@ApplicationScoped
class UserUpdates {
    private final UserRepository users;
    private final RoleRepository roles;
    private final UserGuards guards;
    private final UserUpdateEffects effects;
    private final Clock clock;

    @Inject
    UserUpdates(UserRepository users, RoleRepository roles, UserGuards guards, UserUpdateEffects effects, Clock clock) {
        this.users = users;
        this.roles = roles;
        this.guards = guards;
        this.effects = effects;
        this.clock = clock;
    }

    Uni<Void> update(Caller caller, Client client, UUID id, UserFields fields, ExpectedVersion expected) {
        return Panache.withTransaction(() -> users.lock(id, Scope.of(caller))
                .invoke(user -> requireChangeable(caller, user, expected))
                .chain(user -> merge(caller, client, user, fields)));
    }

    private static void requireChangeable(Caller caller, User user, ExpectedVersion expected) {
        UserGuards.requireMayChange(caller, user.id, user.userType);
        UserGuards.requireNotDeleted(user);
        expected.require(user.version);
    }

    private Uni<Void> merge(Caller caller, Client client, User user, UserFields fields) {
        boolean wasActiveSuperAdmin = UserGuards.isActiveSuperAdmin(user);
        String oldEmail = user.email;
        UserMerge merge = UserMerge.of(user, fields);
        return mergeRoles(user, fields, merge)
                .chain(() -> keepOneSuperAdmin(user, wasActiveSuperAdmin))
                .invoke(() -> touch(user, merge))
                .chain(users::flush)
                .chain(() -> merge.changes("status") ? users.takeRequestedUsername(user.id) : nothing())
                .chain(() -> effects.of(merge, caller, client, user, oldEmail));
    }

    private Uni<Void> mergeRoles(User user, UserFields fields, UserMerge merge) {
        if (!fields.has("roles")) {
            return nothing();
        }
        List<String> wanted = fields.roles() == null ? List.of() : fields.roles();
        return roles.replace(user, wanted)
                .invoke(changed -> noteRoles(merge, changed))
                .replaceWithVoid();
    }

    static void noteRoles(UserMerge merge, RoleRepository.@Nullable Replaced roles) {
        if (roles != null) {
            merge.rolesChanged(roles.old(), roles.now());
        }
    }

    private Uni<Void> keepOneSuperAdmin(User user, boolean wasActiveSuperAdmin) {
        return wasActiveSuperAdmin && !UserGuards.isActiveSuperAdmin(user)
                ? guards.requireAnotherSuperAdmin(user.id)
                : nothing();
    }

    private void touch(User user, UserMerge merge) {
        if (merge.changesAnything()) {
            user.updatedAt = clock.instant();
        }
    }

    private static Uni<Void> nothing() {
        return Uni.createFrom().voidItem();
    }
}
