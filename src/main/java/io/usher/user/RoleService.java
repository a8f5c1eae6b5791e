package io.usher.user;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.smallrye.mutiny.Uni;
import io.usher.audit.AuditAction;
import io.usher.audit.AuditChanges;
import io.usher.audit.AuditEvent;
import io.usher.audit.AuditService;
import io.usher.persistence.Statements;
import io.usher.problem.ProblemCode;
import io.usher.problem.ProblemException;
import io.usher.security.Caller;
import io.usher.web.Page;
import io.usher.web.PageRequest;
import io.usher.web.ShortList;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The custom roles that there are. Each write is one statement, and its audit event. */
@ApplicationScoped
public class RoleService {
    private static final Pattern NAME = Pattern.compile(CreateRole.NAME);

    private static final String INSERT = "insert into roles (name, description, created_at) values ($1, $2, $3)"
            + " on conflict do nothing returning name, description, created_at";

    private static final List<RoleView> BUILT_IN = List.of(
            new RoleView(Caller.CUSTOMER, "Uses its own account.", true, null),
            new RoleView(Caller.ADMIN, "Manages the users that are linked to it.", true, null),
            new RoleView(Caller.SUPER_ADMIN, "Manages everyone.", true, null));

    static final ShortList<RoleView> PAGES = new ShortList<>("role.asc", RoleView::name);

    private final Pool pool;
    private final Statements statements;
    private final AuditService audit;
    private final Clock clock;

    @Inject
    RoleService(Pool pool, Statements statements, AuditService audit, Clock clock) {
        this.pool = pool;
        this.statements = statements;
        this.audit = audit;
        this.clock = clock;
    }

    /** The built-in roles, then the custom ones by name. */
    Uni<Page<RoleView>> list(PageRequest page) {
        return pool.preparedQuery("select name, description, created_at from roles order by name")
                .execute()
                .map(rows -> PAGES.page(withBuiltIn(rows), page));
    }

    Uni<RoleView> create(CreateRole role) {
        if (Roles.BUILT_IN.contains(role.name())) {
            throw ProblemException.of(ProblemCode.CONFLICT, "The role is built in.");
        }
        Tuple parameters = Tuple.of(role.name(), role.description(), OffsetDateTime.now(clock));
        return Panache.withTransaction(() -> statements
                .joined()
                .run(INSERT, parameters)
                .map(RoleService::first)
                .onItem()
                .ifNull()
                .failWith(() -> ProblemException.of(ProblemCode.CONFLICT, "There is a role of this name."))
                .call(() -> record(AuditAction.ROLE_CREATE, role.name())));
    }

    /** Removes a role that nobody has; the foreign key sees to it, also against somebody who is given the role at this moment. */
    Uni<Void> delete(String name) {
        if (Roles.BUILT_IN.contains(name)) {
            throw ProblemException.of(ProblemCode.CONFLICT, "The role is built in.");
        }
        if (!NAME.matcher(name).matches()) {
            throw ProblemException.of(ProblemCode.NOT_FOUND, "There is no such role.");
        }
        return Panache.withTransaction(() -> statements
                .joined()
                .run("delete from roles where name = $1", Tuple.of(name))
                .invoke(rows -> requireOne(rows.rowCount()))
                .chain(() -> record(AuditAction.ROLE_DELETE, name)));
    }

    private Uni<Void> record(AuditAction action, String role) {
        return audit.record(new AuditEvent(action, null, role, AuditChanges.NONE));
    }

    private static void requireOne(int rows) {
        if (rows == 0) {
            throw ProblemException.of(ProblemCode.NOT_FOUND, "There is no such role.");
        }
    }

    private static List<RoleView> withBuiltIn(RowSet<Row> rows) {
        List<RoleView> all = new ArrayList<>(BUILT_IN);
        rows.forEach(row -> all.add(view(row)));
        return all;
    }

    private static @Nullable RoleView first(RowSet<Row> rows) {
        return rows.size() == 0 ? null : view(rows.iterator().next());
    }

    private static RoleView view(Row row) {
        return new RoleView(
                row.getString("name"),
                row.getString("description"),
                false,
                row.getOffsetDateTime("created_at").toInstant());
    }
}
