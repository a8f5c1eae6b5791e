package io.usher.stats;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.usher.config.JobRuns;
import io.usher.persistence.JobLock;
import io.usher.persistence.Statements;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * Adds what writers noted to the totals of all users and of each admin's (decision 85), a batch a statement, one replica at a time. Readers take both
 * together, so they need not wait for it; it keeps them from having much to add up.
 */
@ApplicationScoped
class UserTotalsUpkeep {
    private static final int BATCH = 20_000;

    /** $1 at most so many. Totals are locked in one order; those that come to nothing are passed over by readers, as they add nothing. */
    static final String ADD_UP_EVERYBODYS = addUp("user_total", "", "");

    /** The same of each admin; what was noted of one that is gone goes, too. */
    static final String ADD_UP_ADMINS =
            addUp("admin_total", "admin_id, ", "where exists (select from users a where a.id = admin_id)");

    private final Statements statements;
    private final JobRuns.Job runs;

    @Inject
    UserTotalsUpkeep(Statements statements, JobRuns runs) {
        this.runs = runs.of(
                UserTotalsUpkeep.class,
                "user-totals",
                "The totals of users were not added up, and will be next time; no number is wrong");
        this.statements = statements;
    }

    @Scheduled(every = "10s", delayed = "10s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> addUp() {
        return Uni.createFrom()
                .deferred(() -> batches(ADD_UP_EVERYBODYS))
                .chain(() -> batches(ADD_UP_ADMINS))
                .plug(runs::watch);
    }

    private Uni<Void> batches(String sql) {
        return Uni.createFrom()
                .deferred(() -> batch(sql))
                .repeat()
                .whilst(taken -> taken == BATCH)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Long> batch(String sql) {
        return statements.alone().run(sql, Tuple.of(BATCH)).map(rows -> rows.iterator()
                .next()
                .getLong(0));
    }

    private static String addUp(String tables, String owner, String where) {
        return """
                with taken as (
                    delete from {tables}_changes where id in (
                        select id from {tables}_changes where {lock} order by id limit $1 for update skip locked)
                    returning {owner}day, user_type, status, lead_status, users, credits
                ), added as (
                    insert into {tables}s as t ({owner}day, user_type, status, lead_status, users, credits)
                    select {owner}day, user_type, status, lead_status, sum(users), sum(credits) from taken {where}
                    group by {owner}day, user_type, status, lead_status order by {owner}day, user_type, status, lead_status
                    on conflict ({owner}day, user_type, status, lead_status) do update
                    set users = t.users + excluded.users, credits = t.credits + excluded.credits
                )
                select count(*) from taken
                """.replace("{lock}", JobLock.held("user-totals"))
                .replace("{tables}", tables)
                .replace("{owner}", owner)
                .replace("{where}", where);
    }
}
