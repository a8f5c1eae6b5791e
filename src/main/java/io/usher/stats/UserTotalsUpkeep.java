package io.usher.stats;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.usher.persistence.JobLock;
import io.usher.persistence.Statements;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.jboss.logging.Logger;

/**
 * Adds what writers noted to the totals of all users (decision 85), a batch a statement, one replica at a time. Readers take both
 * together, so they need not wait for it; it keeps them from having much to add up.
 */
@ApplicationScoped
class UserTotalsUpkeep {
    private static final Logger LOG = Logger.getLogger(UserTotalsUpkeep.class);
    private static final int BATCH = 20_000;

    /** $1 at most so many. Totals are locked in one order; those that come to nothing are passed over by readers, as they add nothing. */
    static final String ADD_UP = """
            with taken as (
                delete from user_total_changes where id in (
                    select id from user_total_changes where %s order by id limit $1 for update skip locked)
                returning day, user_type, status, lead_status, users, credits
            ), added as (
                insert into user_totals as t (day, user_type, status, lead_status, users, credits)
                select day, user_type, status, lead_status, sum(users), sum(credits) from taken
                group by day, user_type, status, lead_status order by day, user_type, status, lead_status
                on conflict (day, user_type, status, lead_status) do update
                set users = t.users + excluded.users, credits = t.credits + excluded.credits
            )
            select count(*) from taken
            """.formatted(JobLock.held("user-totals"));

    private final Statements statements;

    @Inject
    UserTotalsUpkeep(Statements statements) {
        this.statements = statements;
    }

    @Scheduled(every = "10s", delayed = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> addUp() {
        return Uni.createFrom()
                .deferred(this::batch)
                .repeat()
                .whilst(taken -> taken == BATCH)
                .collect()
                .last()
                .replaceWithVoid()
                .onFailure()
                .invoke(e -> LOG.warnf(
                        "The totals of users were not added up, and will be next time; no number is wrong: %s", e))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Long> batch() {
        return statements.alone().run(ADD_UP, Tuple.of(BATCH)).map(rows -> rows.iterator()
                .next()
                .getLong(0));
    }
}
