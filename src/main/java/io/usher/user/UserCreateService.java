package io.usher.user;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.usher.audit.AuditAction;
import io.usher.audit.AuditEvent;
import io.usher.audit.AuditService;
import io.usher.security.Caller;
import io.usher.security.OneTimeTokens;
import io.usher.security.Passwords;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Creates users for an admin, who then manages them. */
@ApplicationScoped
public class UserCreateService {
    private static final String LINK =
            "insert into user_admins (admin_id, user_id, created_at) values (:admin, :user, :now)";

    private final UserRepository users;
    private final RoleRepository roles;
    private final UserQueries queries;
    private final Passwords passwords;
    private final OneTimeTokens tokens;
    private final AuditService audit;
    private final Clock clock;

    @Inject
    UserCreateService(
            UserRepository users,
            RoleRepository roles,
            UserQueries queries,
            Passwords passwords,
            OneTimeTokens tokens,
            AuditService audit,
            Clock clock) {
        this.users = users;
        this.roles = roles;
        this.queries = queries;
        this.passwords = passwords;
        this.tokens = tokens;
        this.audit = audit;
        this.clock = clock;
    }

    /** Who was created, and the token it is invited with; without a token where it has a password. */
    private record Created(UUID id, OneTimeTokens.@Nullable Issued invitation) {}

    Uni<CreatedUser> create(Caller caller, CreateUser body) {
        UserFields fields = body.fields();
        FieldRights.require(caller, false, fields.present());
        return hash(caller, body)
                .chain(hash -> Panache.withTransaction(() -> insert(caller, fields, hash)))
                .chain(created ->
                        queries.written(caller, created.id()).map(view -> CreatedUser.of(view, created.invitation())));
    }

    private Uni<@Nullable String> hash(Caller caller, CreateUser body) {
        if (body.password() == null) {
            return Uni.createFrom().nullItem();
        }
        FieldRights.requirePasswords(caller);
        return passwords.hash(body.password());
    }

    private Uni<Created> insert(Caller caller, UserFields fields, @Nullable String hash) {
        User user = user(hash);
        UserMerge merge = UserMerge.of(user, fields);
        List<String> wanted = fields.roles() == null || !fields.has("roles") ? List.of() : fields.roles();
        return users.persistAndFlush(user)
                .chain(() -> roles.replace(user, wanted))
                .invoke(replaced -> UserUpdates.noteRoles(merge, replaced))
                .chain(() -> link(caller.userId(), user))
                .chain(() -> audit.record(AuditEvent.of(AuditAction.USER_CREATE, user.id, merge.changes())))
                .chain(() -> invite(user))
                .map(invitation -> new Created(user.id, invitation));
    }

    private User user(@Nullable String hash) {
        Instant now = clock.instant();
        User user = new User();
        user.email = "";
        user.createdAt = now;
        user.updatedAt = now;
        user.passwordHash = hash;
        user.passwordChangedAt = hash == null ? null : now;
        user.status = hash == null ? UserStatus.PENDING : UserStatus.ACTIVE;
        return user;
    }

    private Uni<Integer> link(UUID admin, User user) {
        return Panache.getSession().chain(session -> session.createNativeQuery(LINK)
                .setParameter("admin", admin)
                .setParameter("user", user.id)
                .setParameter("now", user.createdAt)
                .executeUpdate());
    }

    private Uni<OneTimeTokens.@Nullable Issued> invite(User user) {
        return user.passwordHash == null
                ? tokens.issue(user.id, OneTimeTokens.Purpose.SETUP).map(issued -> issued)
                : Uni.createFrom().nullItem();
    }
}
