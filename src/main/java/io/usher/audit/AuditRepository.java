package io.usher.audit;

import io.smallrye.mutiny.Uni;
import io.usher.persistence.Binder;
import io.usher.persistence.Ids;
import io.usher.persistence.Sql;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes the log: only ever adds to it. */
@ApplicationScoped
class AuditRepository {
    /**
     * $1 ids, $2 actions, $3 targets, $4 subjects, $5 changes; $6 now, $7 actor type, $8 actor, $9 key, $10 request, $11 origin, null where
     * there is none to keep, $12 ip, $13 user agent.
     */
    private static final String ADD = """
            with origin as (
                insert into audit_origins (id, created_at, actor_id, ip_address, user_agent)
                select $11::uuid, $6::timestamptz, $8::uuid, $12::text, $13::text where $11::uuid is not null and cardinality($1::uuid[]) > 0
            )
            insert into audit_events
                (id, created_at, action, actor_type, actor_id, actor_key_id, target_id, subject, changes, request_id, origin_id)
            select e.id, $6::timestamptz, e.action, $7::text, $8::uuid, $9::uuid, e.target_id, e.subject, e.changes, $10::text, $11::uuid
            from unnest($1::uuid[], $2::text[], $3::uuid[], $4::text[], $5::text[]) as e (id, action, target_id, subject, changes)
            """;

    private static final String ADD_EACH = """
            audit_origin as (
                insert into audit_origins (id, created_at, actor_id, ip_address, user_agent)
                select {origin}::uuid, {now}::timestamptz, {actor}::uuid, {ip}::text, {agent}::text
                where {origin}::uuid is not null and exists (select from {written})
            ), audited as (
                insert into audit_events
                    (id, created_at, action, actor_type, actor_id, actor_key_id, target_id, changes, request_id, origin_id)
                select uuidv7(), {now}::timestamptz, {action}::text, {type}::text, {actor}::uuid, {key}::uuid, w.id, {changes}::text,
                    {request}::text, {origin}::uuid
                from {written} w
            )""";

    Uni<Void> add(Sql sql, AuditOrigin origin, List<AuditEvent> events, Instant now) {
        return sql.run(
                        ADD,
                        Tuple.from(Arrays.<@Nullable Object>asList(
                                events.stream().map(e -> Ids.next()).toArray(UUID[]::new),
                                texts(events, e -> e.action().value()),
                                events.stream().map(AuditEvent::targetId).toArray(UUID[]::new),
                                texts(events, AuditEvent::subject),
                                texts(events, e -> e.changes().json()),
                                now.atOffset(ZoneOffset.UTC),
                                origin.kind().value(),
                                origin.actorId(),
                                origin.keyId(),
                                origin.requestId(),
                                origin.ip() == null ? null : Ids.next(),
                                origin.ip(),
                                origin.userAgent())))
                .replaceWithVoid();
    }

    /** Parts of a {@code with} list, bound by this: an event without a subject for each row of the part {@code written}, about its {@code id}. */
    static String each(
            Binder binder, AuditOrigin origin, AuditAction action, AuditChanges changes, String written, Instant now) {
        return ADD_EACH.replace("{written}", written)
                .replace("{origin}", binder.bind(origin.ip() == null ? null : Ids.next()))
                .replace("{now}", binder.bind(now.atOffset(ZoneOffset.UTC)))
                .replace("{action}", binder.bind(action.value()))
                .replace("{type}", binder.bind(origin.kind().value()))
                .replace("{actor}", binder.bind(origin.actorId()))
                .replace("{key}", binder.bind(origin.keyId()))
                .replace("{changes}", binder.bind(changes.json()))
                .replace("{request}", binder.bind(origin.requestId()))
                .replace("{ip}", binder.bind(origin.ip()))
                .replace("{agent}", binder.bind(origin.userAgent()));
    }

    private static @Nullable String[] texts(List<AuditEvent> events, Function<AuditEvent, @Nullable String> text) {
        return events.stream().map(text).toArray(String[]::new);
    }
}
