package io.usher.activity;

import io.smallrye.mutiny.Uni;
import io.usher.persistence.Ids;
import io.usher.persistence.Statements;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The activities, a partition a month. */
@ApplicationScoped
class ActivityRepository {
    private static final String ADD = """
            insert into user_activities (id, user_id, activity_type, details, ip_address, created_at)
            values ($1::uuid, $2::uuid, $3::text, $4::text::jsonb, $5::text, $6::timestamptz)
            """;

    private final Statements statements;

    @Inject
    ActivityRepository(Statements statements) {
        this.statements = statements;
    }

    /** Adds one in the present transaction. */
    Uni<Void> add(UUID userId, ActivityType type, @Nullable String details, String ip, Instant now) {
        return statements
                .joined()
                .run(
                        ADD,
                        Tuple.from(Arrays.asList(
                                Ids.next(), userId, type.value(), details, ip, now.atOffset(ZoneOffset.UTC))))
                .replaceWithVoid();
    }
}
