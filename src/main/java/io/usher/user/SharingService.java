package io.usher.user;

import io.smallrye.mutiny.Uni;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.security.Caller;
import io.usher.security.Scope;
import io.usher.security.UserRef;
import io.usher.web.Page;
import io.usher.web.PageRequest;
import io.usher.web.ShortList;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Which admins manage a user: several can share one. The link of an admin with itself is no sharing, and shows nowhere. */
@ApplicationScoped
public class SharingService {
    private static final String LIST = """
            select a.id, a.email, a.username, a.name, a.friendly_name, ua.created_at
            from user_admins ua join users a on a.id = ua.admin_id
            where ua.user_id = $1 and ua.admin_id <> $1
            order by ua.created_at, a.id
            """;

    /** An admin that manages a user. */
    @Schema(name = "UserAdmin")
    record UserAdmin(UUID id, String email, @Nullable String username, String displayName, Instant since) {}

    static final ShortList<UserAdmin> PAGES =
            new ShortList<>("link.asc", admin -> admin.id().toString());

    private final Pool pool;
    private final UserQueries queries;
    private final SharingWrites writes;

    @Inject
    SharingService(Pool pool, UserQueries queries, SharingWrites writes) {
        this.pool = pool;
        this.queries = queries;
        this.writes = writes;
    }

    /** The user's admins, oldest link first. */
    Uni<Page<UserAdmin>> admins(Caller caller, UserRef ref, PageRequest page) {
        return queries.require(ref, Scope.of(caller))
                .chain(user ->
                        pool.preparedQuery(LIST).execute(Tuple.of(user.user().id())))
                .map(rows -> PAGES.page(admins(rows), page));
    }

    /** Lets an admin manage the user as well; one that does already goes on doing so. */
    Uni<Void> share(Caller caller, UserRef ref, UserRef admin) {
        return target(caller, ref).chain(user -> anyAdmin(admin)
                .invoke(SharingService::requireActiveAdmin)
                .chain(other -> writes.link(caller, user, id(other))));
    }

    /** Takes the user from an admin; the last one can only be taken by a super admin. */
    Uni<Void> unshare(Caller caller, UserRef ref, UserRef admin) {
        return target(caller, ref)
                .chain(user -> anyAdmin(admin).chain(other -> writes.unlink(caller, user, id(other))));
    }

    private Uni<UUID> target(Caller caller, UserRef ref) {
        return queries.require(ref, Scope.of(caller))
                .invoke(user -> UserGuards.requireMayChange(
                        caller, user.user().id(), user.user().userType()))
                .invoke(SharingService::requireNotDeleted)
                .map(SharingService::id);
    }

    /** An admin that one shares with need not be in one's scope: one only has to know its id. */
    private Uni<AdminUserView> anyAdmin(UserRef admin) {
        return queries.require(admin, new Scope(Scope.Kind.EVERYONE, new UUID(0, 0)));
    }

    private static void requireActiveAdmin(AdminUserView admin) {
        UserView user = admin.user();
        if (user.userType() != UserType.ADMIN || user.status() != UserStatus.ACTIVE || user.deletedAt() != null) {
            throw ProblemException.of(ProblemCode.USER_NOT_FOUND);
        }
    }

    private static void requireNotDeleted(AdminUserView user) {
        if (user.user().deletedAt() != null) {
            throw ProblemException.of(ProblemCode.CONFLICT, "The user is deleted. Restore it first.");
        }
    }

    private static UUID id(AdminUserView view) {
        return view.user().id();
    }

    private static List<UserAdmin> admins(RowSet<Row> rows) {
        return StreamSupport.stream(rows.spliterator(), false)
                .map(SharingService::admin)
                .toList();
    }

    private static UserAdmin admin(Row row) {
        String email = row.getString("email");
        String username = row.getString("username");
        return new UserAdmin(
                row.getUUID("id"),
                email,
                username,
                UserView.displayName(row.getString("name"), row.getString("friendly_name"), username, email),
                row.getOffsetDateTime("created_at").toInstant());
    }
}
