package io.usher.audit;

import io.usher.persistence.Binder;
import io.usher.security.Scope;
import io.usher.web.PageRequest;
import io.vertx.mutiny.sqlclient.Tuple;

/** The SQL of a page of the log: one statement, that leaves out every month which its times leave out. */
record AuditSql(String text, Tuple parameters) {
    private static final String COLUMNS =
            "e.id, e.created_at, e.action, e.actor_type, e.actor_id, e.actor_key_id, e.target_id, e.subject, e.changes, e.request_id,"
                    + " e.origin_id";

    /**
     * Newest first; a row of nulls carries the total where the page is empty. One row more than the page has, to see whether there is a
     * next one. The scope asks for no more of a user than its id, which stands in the event; what is about no user is for super admins.
     */
    static AuditSql page(Scope scope, AuditFilter filter) {
        Binder binder = new Binder();
        String events = "from audit_events e cross join lateral (select e.target_id as id) u where "
                + scope.sql(binder.bind(scope.callerId())) + filter.sql(binder);
        String total = filter.page().count() == PageRequest.CountMode.NONE
                ? "null::bigint"
                : "(select count(*) " + events + ")";
        String text = "select " + total + " as total, p.*, o.ip_address, o.user_agent"
                + " from (select 1) one left join (select " + COLUMNS + " " + events + filter.position(binder)
                + " order by e.created_at desc, e.id desc limit "
                + binder.bind(filter.page().limit() + 1L) + " offset "
                + binder.bind(filter.page().offset()) + ") p on true"
                + " left join audit_origins o on o.id = p.origin_id and o.created_at = p.created_at"
                + " order by p.created_at desc, p.id desc";
        return new AuditSql(text, binder.tuple());
    }
}
